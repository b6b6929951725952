"""The coder on the example articles: the first comes out whole, the others do not fall below their floors."""

from __future__ import annotations

import pytest
import yaml
from comparison import HERE, code, compare, examples, golden, verbatim

FLOORS = yaml.safe_load((HERE / "floors.yaml").read_text(encoding="utf-8"))


def coded(name):
    article = examples()[name]
    return code(article.text, article.published, article.title)


def test_each_example_article_has_golden_records_and_a_floor():
    assert set(examples()) == set(golden()) == set(FLOORS)


@pytest.mark.parametrize("name", sorted(golden()))
def test_the_words_of_golden_records_stand_in_their_articles(name):
    text = examples()[name].text
    assert [words for event in golden()[name] for words in verbatim(event) if words not in text] == []


def test_the_first_article_comes_out_whole():
    result = compare(golden()["courtyard-candles"], coded("courtyard-candles"))
    assert (result.right, result.coded, result.gold) == (8, 8, 8), result.faults


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_an_example_article_does_not_fall_below_its_floor(name):
    result = compare(golden()[name], coded(name))
    # the floors are written with two decimals, rounded down
    assert result.f1 >= FLOORS[name], result.faults


@pytest.mark.parametrize("name", sorted(golden()))
def test_the_words_of_coded_records_stand_in_their_articles(name):
    text = examples()[name].text
    assert [words for event in coded(name) for words in verbatim(event) if words not in text] == []
