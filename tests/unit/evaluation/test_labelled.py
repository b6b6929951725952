import pytest

from rallybook.errors import InputError
from rallybook.evaluation.labelled import load


def _file(tmp_path, text):
    path = tmp_path / "records.jsonl"
    path.write_text(text)
    return path


def test_a_file_gives_the_records_by_article(tmp_path):
    path = _file(
        tmp_path, '{"id": 7, "text": "t", "events": [{"form": "march", "place": null, "new": 1}]}\n\n'
    )
    articles = load(path)
    assert list(articles) == ["7"]
    assert articles["7"][0].form == "march"
    assert articles["7"][0].site.precision is None


def test_an_article_without_events_has_none(tmp_path):
    assert load(_file(tmp_path, '{"id": "a"}\n{"id": "b", "events": null}')) == {"a": (), "b": ()}


@pytest.mark.parametrize(
    "line", ["nope", "[]", '{"events": []}', '{"id": "a", "events": [{"date": "Sunday"}]}', '"\udcff"']
)
def test_a_wrong_line_is_named_by_its_number(tmp_path, line):
    path = tmp_path / "records.jsonl"
    path.write_bytes(b'{"id": "a"}\n' + line.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="line 2"):
        load(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.jsonl"):
        load(tmp_path / "gone.jsonl")
