import json


def _id(rallybook, place):
    lines = map(json.loads, rallybook("events").stdout.splitlines())
    return next(line["id"] for line in lines if line["place"]["name"] == place)


def test_an_event_is_shown_with_every_value_its_sources_and_quotes(rallybook, book):
    text = rallybook("show", _id(rallybook, "Oban")).stdout
    assert "  form         rally  [1]\n               [1] “rally”\n" in text
    assert "300 claimed in a: “300”\n  500 claimed in b: “500”" in text
    assert "[1] article a, record a-1 (The Argus, 2024-05-13)\n    “Nurses held a rally.”" in text


def test_decisions_and_earlier_versions_are_shown(rallybook, book):
    event = _id(rallybook, "Oban")
    rallybook(
        "decide", "correct", event, "--field", "form", "--value", "march", "--by", "ann", "--why", "a photo"
    )
    text = rallybook("show", event).stdout
    assert "(ann)" in text
    assert ' ann correct form = "march": a photo' in text
    assert "revision 1, until" in text
    assert "rally, happened" in text


def test_disagreement_is_told_and_the_newest_holds(rallybook, book):
    event = _id(rallybook, "Oban")
    for by, form in (("ann", "march"), ("bob", "vigil")):
        rallybook("decide", "correct", event, "--field", "form", "--value", form, "--by", by)
    text = rallybook("show", event).stdout
    assert "People disagree on form of the event of a-1: 'vigil' by bob" in text
    assert "holds over 'march' by ann" in text
    assert "form         vigil" in text


def test_an_id_that_is_no_more_leads_on(rallybook, book):
    oban, leeds = _id(rallybook, "Oban"), _id(rallybook, "Leeds")
    rallybook("decide", "same", oban, leeds, "--by", "ann")
    result = rallybook("show", leeds, "--format", "json")
    assert json.loads(result.stdout)["event"]["id"] == oban
    assert f"{leeds} is told by event {oban} now" in result.stderr


def test_what_is_not_there_is_a_usage_error(rallybook, book):
    result = rallybook("show", "nothing")
    assert result.exit_code == 2
    assert (
        "event: received 'nothing', allowed: the id of an event or of a record in this book" in result.stderr
    )
