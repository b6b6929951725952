import json

import pytest

from rallybook.codebook.own import OwnCodebook
from rallybook.errors import InputError
from rallybook.model.outcome import Failure
from rallybook.training.own_articles import own_articles

BOOK = OwnCodebook(1, "boats", {"flotilla": "in boats"}, {"crews": "who sails"})
TEXT = "Fishers sailed into Oban. It rained."
EVENT = {"form": "flotilla", "trigger": "sailed", "quote": "Fishers sailed into Oban.", "crews": ["Fishers"]}


def read(tmp_path, *rows):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return list(own_articles(path, BOOK))


def article(*events, **other):
    return {"id": "a", "text": TEXT, "events": list(events), **other}


def test_records_by_the_codebook_are_kept(tmp_path):
    (told,) = read(tmp_path, article(EVENT))
    assert told.events == (EVENT,)
    assert told.problems == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": "march"}, "form: received 'march', allowed: flotilla"),
        ({"status": "perhaps"}, "status: received 'perhaps', allowed: happened"),
        ({"trigger": ""}, "trigger: received '', allowed: words of the text"),
        ({"trigger": "rained"}, "trigger: received 'rained', allowed: words of the quote"),
        ({"quote": "Fishers sailed away", "trigger": "sailed away"}, "allowed: words of the quote"),
        ({"crews": "Fishers"}, "crews: received 'Fishers', allowed: a list"),
        ({"crews": ["Sailors"]}, "crews: received 'Sailors', allowed: words of the text"),
    ],
)
def test_a_record_that_breaks_it_is_left_out_and_named(tmp_path, change, said):
    (told,) = read(tmp_path, article(EVENT, EVENT | change))
    assert told.events == (EVENT,)
    assert any(said in problem and "line 1, event 2" in problem for problem in told.problems)


def test_lines_that_are_no_articles_are_failures_and_the_rest_goes_on(tmp_path):
    told = read(tmp_path, "nonsense", {"text": TEXT}, {"id": "b"}, article(EVENT, "no object"))
    assert [isinstance(item, Failure) for item in told] == [True, True, True, False]
    assert told[-1].events == (EVENT,)


def test_a_folder_gives_all_its_files(tmp_path):
    for name in ("one.jsonl", "two.jsonl"):
        (tmp_path / name).write_text(json.dumps(article(EVENT)))
    assert len(list(own_articles(tmp_path, BOOK))) == 2


def test_a_folder_without_files_is_named(tmp_path):
    with pytest.raises(InputError, match="labelled articles"):
        list(own_articles(tmp_path, BOOK))
