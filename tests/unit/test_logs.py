"""What is said is words for people or JSON for machines, each on stderr and never both."""

import json
import logging

import pytest

from rallybook import logs


@pytest.fixture(autouse=True)
def _as_before():
    told = [logging.getLogger(name) for name in ("", "rallybook", "rallybook.request")]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in told]
    yield
    for logger, handlers, propagate, level in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_words_are_a_line(capsys):
    logs.set_up("text")
    logs.say("100 % done", article="a")
    assert capsys.readouterr().err == "rallybook: 100 % done\n"


def test_json_has_the_facts(capsys):
    logs.set_up("json")
    logs.say("a line\nand “another”", level="warning", article="a", stage="read")
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    line = json.loads(text)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "a line\nand “another”",
        "level": "warning",
        "logger": "rallybook",
        "article": "a",
        "stage": "read",
    }


def test_what_other_packages_say_is_json_with_its_trace_in_one_line(capsys):
    logs.set_up("json", serving=True)
    try:
        float("no good")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("failed")
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    line = json.loads(text)
    assert (line["logger"], line["level"]) == ("uvicorn.error", "error")
    assert "ValueError: could not convert" in line["exception"]


def test_requests_of_a_server_on_a_terminal_are_a_line(capsys):
    logs.set_up("text", serving=True)
    facts = {"method": "GET", "route": "/x", "status": 200, "ms": 1.5}
    logging.getLogger("rallybook.request").info("request", extra=facts)
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert "method=GET" in text
    assert "route=/x" in text
    logs.say("serving")
    assert capsys.readouterr().err == "rallybook: serving\n"
