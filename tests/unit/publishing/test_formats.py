import json

import pytest
from coded_examples import ARTICLE, QUIET

from rallybook.errors import InputError
from rallybook.publishing.formats import FORMATS, SUFFIXES, check_suffix, text_format, write


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_suffix_has_a_format_and_leaves_one_whole_file(tmp_path, suffix):
    path = tmp_path / "new" / f"events{suffix}"
    write([ARTICLE, QUIET], path)
    assert path.stat().st_size > 0
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_run_that_breaks_leaves_the_old_file(tmp_path):
    def broken():
        yield ARTICLE
        raise ValueError

    path = tmp_path / "events.jsonl"
    path.write_text("old")
    with pytest.raises(ValueError):
        write(broken(), path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_an_unknown_suffix_names_the_known_ones(tmp_path):
    with pytest.raises(InputError, match=r"\.xlsx.*\.jsonl"):
        check_suffix(tmp_path / "events.xlsx")


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(InputError, match="geojson"):
        text_format("xml")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_gives_text_for_an_empty_run(name):
    text = "".join(text_format(name).lines([]))
    assert name == "jsonl" or text.endswith("\n")


def test_a_written_file_holds_what_the_format_gives(tmp_path):
    path = tmp_path / "events.json"
    write([ARTICLE], path)
    assert json.loads(path.read_text())[0]["id"] == "a1"
