"""A few cases of the fuzzer with every run of the tests; `fuzz_code.py --seconds N` runs many."""

import pytest
from cases import Cases
from fuzz_code import check_coding, check_file, check_grounding, check_reading

from rallybook.coding.pipeline import EventCoder


@pytest.mark.parametrize("seed", range(40))
def test_a_random_article_keeps_the_laws_of_readings(seed):
    check_reading(Cases(seed).article())


@pytest.mark.parametrize("seed", range(40))
def test_a_random_file_gives_articles_and_named_failures_only(seed, tmp_path):
    check_file(*Cases(seed).file(), tmp_path)


@pytest.fixture(scope="module")
def coder():
    return EventCoder()


@pytest.mark.parametrize("seed", range(20))
def test_a_random_article_keeps_the_laws_of_coding(seed, coder):
    check_coding(Cases(seed).article(), coder)


@pytest.mark.parametrize("seed", range(20))
def test_a_random_article_keeps_the_laws_of_grounding(seed):
    check_grounding(Cases(seed).article())
