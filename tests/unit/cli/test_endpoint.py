"""`rallybook code --coder llm`, with a stand-in for the endpoint."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from stand_in import event, refused, stand_in, told
from typer.testing import CliRunner

from rallybook.cli.app import app

QUOTE = "Hundreds of teachers marched through Accra on Monday to demand higher wages."
MARCH = event(quote=QUOTE, trigger="marched", form="march", place_words="Accra", date_words="on Monday")
ROWS = [
    {"id": "a1", "text": QUOTE, "published": "2024-05-14"},
    {"id": "a2", "text": "The bank raised its rate."},
    {"id": "a3", "text": QUOTE, "published": "2024-05-14"},
]


@pytest.fixture
def server(monkeypatch):
    for name in ("URL", "MODEL", "KEY", "PRICES", "TIMEOUT"):
        monkeypatch.delenv(f"RALLYBOOK_LLM_{name}", raising=False)
    with stand_in() as endpoint:
        endpoint.answers(told(MARCH))
        yield endpoint


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)))
    return str(path)


def run(*arguments):
    return CliRunner().invoke(app, ["code", *arguments, "--jobs", "1"])


def asked(server):
    return ("--coder", "llm", "--llm-url", server.url, "--llm-model", "small")


def test_options_name_the_endpoint(server, rows):
    result = run(rows, *asked(server))
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [len(line["events"]) for line in lines] == [1, 0, 1]
    assert lines[0]["events"][0]["date"]["edtf"] == "2024-05-13"
    assert [body["model"] for body in server.asked] == ["small", "small"]


def test_the_environment_names_it_too(server, rows, monkeypatch):
    monkeypatch.setenv("RALLYBOOK_LLM_URL", server.url)
    monkeypatch.setenv("RALLYBOOK_LLM_MODEL", "small")
    monkeypatch.setenv("RALLYBOOK_LLM_KEY", "sesame")
    assert run(rows, "--coder", "llm").exit_code == 0
    assert server.headers[0]["Authorization"] == "Bearer sesame"


def test_what_it_will_cost_is_said(server, rows):
    (line,) = run(rows, *asked(server), "--llm-prices", "1,2").stderr.splitlines()
    assert line.startswith(f"rallybook: small at {server.url}: 2 of 3 articles will be sent; about ")
    assert "1,000 written, about 0.00" in line
    assert "no prices known" in run(rows, *asked(server)).stderr


def test_the_estimate_comes_before_the_first_request(server, rows):
    server.answers(refused(401, "no such key"))
    result = run(rows, *asked(server))
    assert result.exit_code == 1
    first, *failures = result.stderr.splitlines()
    assert "2 of 3 articles will be sent" in first
    assert [line.split(": ")[1] for line in failures] == ["a1", "a3"]
    assert "RALLYBOOK_LLM_KEY" in failures[0]


def test_a_refused_record_is_named_and_the_rest_is_printed(server, rows):
    server.answers(told(MARCH, event(quote="They stormed the palace.", trigger="stormed")), told(MARCH))
    result = run(rows, *asked(server))
    assert result.exit_code == 1
    assert [len(json.loads(line)["events"]) for line in result.stdout.splitlines()] == [1, 0, 1]
    assert "a1: record 2 of 2 refused: quote: received 'They stormed the palace.'" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--coder", "llm"), "--llm-url or RALLYBOOK_LLM_URL: received ''"),
        (("--coder", "llm", "--llm-url", "http://127.0.0.1:1/v1"), "--llm-model or RALLYBOOK_LLM_MODEL"),
        (("--llm-url", "http://127.0.0.1:1/v1"), "it goes with --coder llm"),
        (("--coder", "rules", "--llm-prices", "1,2"), "nothing with --coder rules"),
    ],
)
def test_wrong_options_are_a_usage_error_before_anything_is_read(server, rows, options, said):
    result = run(rows, *options)
    assert (result.exit_code, result.stdout, server.asked) == (2, "", [])
    assert said in result.stderr


def test_a_probability_cannot_be_asked_of_it(server, rows):
    result = run(rows, *asked(server), "--min-confidence", "0.5")
    assert (result.exit_code, server.asked) == (2, [])
    assert "none with the coder llm" in result.stderr


def test_csv_has_no_probability_for_its_records(server, rows):
    table = csv.DictReader(io.StringIO(run(rows, *asked(server), "--format", "csv").stdout))
    assert [row["confidence"] for row in table] == ["", ""]


def test_several_workers_ask_side_by_side(server, rows):
    program = "from rallybook.cli.app import run; run()"
    result = subprocess.run(
        [sys.executable, "-c", program, "code", rows, *asked(server), "--jobs", "2"],
        capture_output=True, text=True, timeout=60, check=True, env=os.environ,
    )  # fmt: skip
    assert [len(json.loads(line)["events"]) for line in result.stdout.splitlines()] == [1, 0, 1]
    assert len(server.asked) == 2
