import json


def _event(rallybook, place):
    lines = map(json.loads, rallybook("events").stdout.splitlines())
    return next(line["id"] for line in lines if line["place"]["name"] == place)


def test_two_records_are_weighed_level_by_level(rallybook, book):
    text = rallybook("why", "a-1", "b-1").stdout
    assert text.startswith("a-1 and b-1: rather one event (log odds +")
    assert "place: same" in text
    assert "  before any comparison\n" in text


def test_what_a_rule_keeps_apart_is_said(rallybook, book):
    text = rallybook("why", "a-1", "c-1").stdout
    assert text.startswith("a-1 and c-1: rather two events")
    assert "never one event: different places\n" in text


def test_events_stand_for_their_likest_records(rallybook, book):
    oban, leeds = _event(rallybook, "Oban"), _event(rallybook, "Leeds")
    match = json.loads(rallybook("why", oban, leeds, "--format", "json").stdout)
    assert set(match["records"]) in ({"a-1", "c-1"}, {"b-1", "c-1"})
    levels = sum(one["weight"] for one in match["agreements"])
    assert round(match["weight"], 6) == round(match["prior"] + levels - match["crowd"], 6)


def test_that_people_decided_is_said(rallybook, book):
    assert rallybook("why", "a-1", "b-1").stderr == ""
    rallybook("decide", "different", "a-1", "b-1", "--by", "ann")
    assert "what people decided on them outranks this" in rallybook("why", "a-1", "b-1").stderr


def test_what_cannot_be_weighed_is_a_usage_error(rallybook, book):
    for names, said in (
        (("a-1", "nothing"), "event: received 'nothing'"),
        (("a-1", "a-1"), "why: received 'a-1 a-1'"),
        (("a-1", _event(rallybook, "Oban")), "no record in common"),
    ):
        result = rallybook("why", *names)
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
