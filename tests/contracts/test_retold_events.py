"""Events that are told more than once, through `rallybook add` and `show`: copies, updates, parts, plans, history."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from rallybook.cli.app import app

ADDED = yaml.safe_load(Path(__file__).with_name("retold_events.yaml").read_text("utf-8"))


@pytest.fixture
def added(tmp_path, new_name):
    """Gives `add`, which gives the events of some articles in a new book, and `show`, what is said of one of them."""
    books = []

    def run(*arguments):
        result = CliRunner().invoke(app, [*map(str, arguments), "--book", books[-1]])
        assert result.exit_code == 0, result.output
        return result.stdout

    def add(case, order=1, without=()):
        books.append(new_name())
        rows = [one for one in ADDED[case][::order] if one["id"] not in without]
        path = tmp_path / "articles.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)))
        run("add", path, "--jobs", 1)
        return [json.loads(line) for line in run("events", "--format", "jsonl").splitlines()]

    return add, lambda event: run("show", event["id"])


def articles(event):
    return {telling["article"] for telling in event["records"]}


@pytest.mark.parametrize("order", [1, -1])
def test_a_wire_copy_is_shown_and_speaks_once(added, order):
    add, show = added
    (event,) = add("copies", order)
    assert articles(event) == {"wire", "courier", "herald"}
    assert {one["article"]: one["copy_of"] for one in event["records"]} == {
        "wire": "", "courier": "wire", "herald": "",
    }  # fmt: skip
    claimed = [claim["article"] for claim in event["claims_of_size"]]
    assert "courier" not in claimed
    assert {"wire", "herald"} <= set(claimed)
    assert "(Pirkanmaa Courier, 2024-05-14), copy of article wire\n" in show(event)


def test_two_voices_are_no_surer_for_a_copy(added):
    add, _ = added
    (event,) = add("copies")
    (without,) = add("copies", without=("courier",))
    # the surest record of a voice speaks for it, and the copy is cut
    assert event["confidence"]["record"] == pytest.approx(without["confidence"]["record"], abs=0.01)


@pytest.mark.parametrize("order", [1, -1])
def test_an_update_takes_the_place_of_its_older_version(added, order):
    add, show = added
    (event,) = add("update", order)
    assert {one["article"]: one["superseded_by"] for one in event["records"]} == {
        "first": "second", "second": "", "herald": "",
    }  # fmt: skip
    assert {claim["article"] for claim in event["claims_of_size"]} == {"second", "herald"}
    first = next(one["record"] for one in event["records"] if one["article"] == "first")
    assert all(first not in support for support in event["support"].values())
    assert "(Northern Wire, 2024-05-13), superseded by article second\n" in show(event)


def test_an_umbrella_event_holds_its_city_events_and_no_other(added):
    add, show = added
    events = {event["place"]["name"]: event for event in add("whole")}
    assert set(events) == {"France", "Lyon", "Rennes", "Nantes"}
    assert {name: event["umbrella"] for name, event in events.items()} == {
        "France": True, "Lyon": False, "Rennes": False, "Nantes": False,
    }  # fmt: skip
    assert (articles(events["Lyon"]), articles(events["Rennes"])) == (
        {"nation", "lyon"},
        {"nation", "rennes"},
    )
    shown = show(events["France"])
    for name in ("Lyon", "Rennes"):
        assert f"Holds {events[name]['id']}: " in shown
        assert f"Part of {events['France']['id']}: march, happened, 2024-03-19, France" in show(events[name])
    assert events["Nantes"]["id"] not in shown
    assert "Part of" not in show(events["Nantes"])


def test_what_was_announced_and_took_place_is_one_event_with_its_history(added):
    add, show = added
    (event,) = add("plan")
    assert (event["status"], articles(event)) == ("happened", {"announced", "reported", "abroad"})
    assert [(one["status"], one["published"]) for one in event["status_history"]] == [
        ("planned", "2024-09-02"), ("happened", "2024-09-08"),
    ]  # fmt: skip
    # how many were expected is a claim, and no head count of what took place
    assert (event["size"]["low"], event["size"]["high"]) == (900, 1200)
    assert "Told as planned (2024-09-02) [1], then happened (2024-09-08) [2] [3]\n" in show(event)


def test_what_is_told_as_history_joins_the_event_it_recalls(added):
    add, show = added
    (event,) = add("recalled")
    assert (articles(event), event["focus"]) == ({"news", "cleared", "decision"}, "focal")
    assert (event["form"], event["date"]["edtf"]) == ("occupation", "2023-10-14")
    assert "[3] article decision" in show(event)
