"""Bad input, all of it in one run: each is named in words, the good ones are coded, nothing shows a traceback."""

import gzip
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rallybook.sources.files import FileSource

# the command, and then the most memory that it took
RUN = """
import pathlib, sys
from rallybook.cli.app import run
try:
    run()
finally:
    status = pathlib.Path("/proc/self/status")
    print(status.read_text() if status.exists() else "", file=sys.stderr)
"""
GOOD = "Hundreds of teachers marched through Accra on Monday to demand higher wages."
FILES = {
    "empty.txt": b"",
    "blank.md": b" \n\n\t\n",
    "photo.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "packed.jsonl": gzip.compress(GOOD.encode()),
    "line.txt": b"a" * 50_000_000,
    "lines.txt": GOOD.encode() + b"\n" + b"Hundreds marched.\n" * 100_000,
    "deep.html": b"<html><body>" + b"<div>" * 10_000 + GOOD.encode(),
    "bare.html": b"<html><body></body></html>",
    "nohead.csv": b"Hundreds marched,1\n",
    "cell.csv": b'id,text\n1,"' + b"a" * 20_000_000 + b'"\n',
    "report.pdf": b"%PDF-1.7",
    "noise.txt": random.Random(7).randbytes(100_000),
    "line.jsonl": b'{"id": "long", "text": "' + b"a " * 25_000_000 + b'"}\n',
    "half.html": b"<html><body><p>"
    + GOOD.encode()
    + b"</p>"
    + b"<div>" * 300
    + b"</div>" * 300
    + b"<p>More.",
}
ROWS = [
    '{"id": "first", "text": "' + GOOD + '"}',
    '{"id": "2", "text": broken}',
    '{"id": "3"}',
    '{"id": "4", "text": 5}',
    '{"id": "5", "text": "' + GOOD + '", "published": "soon"}',
    '{"id": "6", "text": "Hundreds \\ud800 of\\u0000 teachers\\u200b \\u202emarched in Accra on Monday."}',
    '{"id": "7", "text": "no end',
    '{"id": "8", "text": "raw \x00 in it"}',
    '{"id": "9", "text": "' + GOOD + '", "published": "2021-02-30"}',
    '{"id": "10", "text": "\u2067Hundreds of tea\u00adchers\u2069 mar\u200bched in \u200fAccra\ufeff on Monday."}',
    '{"id": ' + "9" * 5000 + ', "text": "' + GOOD + '"}',
    "[" * 100_000,
    '{"id": "last", "text": "' + GOOD + '"}',
]
BAD_ROWS = (2, 3, 4, 5, 7, 8, 9, 11, 12)
NAMED = [*FILES, "missing.txt", "gone.txt", "folder.txt", *(f"rows.jsonl:{number}" for number in BAD_ROWS)]
# what a message says was received, and what is allowed
SAID = {
    "empty.txt": ("nothing", "text"),
    "photo.txt": ("a PNG image", "text"),
    "noise.txt": ("binary data", "text"),
    "line.txt": ("more than 1,600,000 bytes", "up to that"),
    "lines.txt": ("more than 1,600,000 bytes", "up to that"),
    "line.jsonl": ("a line of more than 3,200,000 characters", "up to that"),
    "deep.html": ("tags nested 256 deep", "less than that"),
    "half.html": ("tags nested 256 deep", "less than that"),
    "nohead.csv": ("['hundreds marched', '1']", "columns of text"),
    "report.pdf": ("'.pdf'", ".txt, .md, .html"),
    "rows.jsonl:2": ("no JSON (Expecting value at character 21: 'broken}')", "a JSON object with text"),
    "rows.jsonl:3": ("the keys ['id']", ""),
    "rows.jsonl:4": ("5", "a string"),
    "rows.jsonl:5": ("'soon'", "an ISO 8601 date"),
    "rows.jsonl:7": (
        "no JSON (Invalid control character at character 28: the end of the line)",
        "a JSON object",
    ),
    "rows.jsonl:9": ("'2021-02-30'", "an ISO 8601 date"),
    "rows.jsonl:11": ("a number of more than 4,300 digits", "a JSON object"),
    "rows.jsonl:12": ("brackets within brackets", "a JSON object"),
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "rows.jsonl").write_text("\n".join(ROWS), encoding="utf-8")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "folder.txt").mkdir()
    paths = [*FILES, "missing.txt", "gone.txt", "folder.txt", "rows.jsonl"]
    return subprocess.run(
        [sys.executable, "-c", RUN, "code", *paths, "--format", "jsonl", "--jobs", "1"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip


def told(outcome, name):
    """Give the lines of stderr that name an input."""
    return [line for line in outcome.stderr.splitlines() if f"{name}:" in line or f"({name})" in line]


def test_some_failed_and_that_is_the_exit_code(outcome):
    assert outcome.returncode == 1


def test_nothing_shows_a_traceback(outcome):
    assert "Traceback" not in outcome.stderr + outcome.stdout


@pytest.mark.parametrize("name", NAMED)
def test_each_bad_input_is_named_once(outcome, name):
    assert len(told(outcome, name)) == 1, outcome.stderr


@pytest.mark.parametrize("name", SAID)
def test_a_message_tells_what_was_received_and_what_is_allowed(outcome, name):
    (line,) = told(outcome, name)
    received, allowed = SAID[name]
    assert f"received {received}" in line or f"received no JSON that can be read ({received}" in line
    assert f"allowed: {allowed}" in line or not allowed


def test_no_message_speaks_of_the_insides(outcome):
    assert [word for word in ("sys.", "Error", "decoding", "object at 0x") if word in outcome.stderr] == []


def test_the_longest_inputs_are_never_held_in_memory(outcome):
    # the inputs have 50 MB each; a page, the coder, its tagger and its reader of acts take 285 MB
    peak = re.search(r"^VmHWM:\s+(\d+) kB$", outcome.stderr, re.MULTILINE)
    if peak is None:
        pytest.skip("this system does not tell how much memory a process took")
    assert int(peak[1]) < 330_000


def test_each_failure_is_in_the_output_too(outcome):
    reasons = [
        failure["reason"] for line in outcome.stdout.splitlines() for failure in json.loads(line)["failures"]
    ]
    assert len(reasons) == len(NAMED)


def test_the_good_rows_are_coded_once_each_and_in_order(outcome):
    lines = [json.loads(line) for line in outcome.stdout.splitlines()]
    coded = [line["id"] for line in lines if line["events"]]
    assert coded == ["first", "5", "6", "9", "10", "last"]


def test_marks_that_nobody_sees_leave_the_words_as_given(outcome):
    (line,) = [line for line in map(json.loads, outcome.stdout.splitlines()) if line["id"] == "10"]
    text = json.loads(ROWS[9])["text"]
    for event in line["events"]:
        assert event["trigger"] == "mar\u200bched"
        for start, end in event["spans"]["trigger"]:
            assert text[start:end] == "mar\u200bched"


@pytest.mark.skipif(
    not Path("/proc/self/mem").exists(), reason="no file here that can be opened and not read"
)
def test_a_file_that_breaks_while_it_is_read_is_named_and_the_others_are_done(tmp_path):
    (tmp_path / "broken.txt").symlink_to("/proc/self/mem")
    (tmp_path / "good.txt").write_text(GOOD)
    broken, good = FileSource([str(tmp_path)]).articles()
    assert broken.reason == f"{tmp_path}/broken.txt: cannot be read (Input/output error)"
    assert good.text == GOOD


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_that_is_closed_is_named_and_the_others_are_done(tmp_path):
    (tmp_path / "closed.txt").write_text(GOOD)
    (tmp_path / "closed.txt").chmod(0)
    (tmp_path / "good.txt").write_text(GOOD)
    closed, good = FileSource([str(tmp_path)]).articles()
    assert closed.reason == f"{tmp_path}/closed.txt: cannot be read (Permission denied)"
    assert good.text == GOOD


@pytest.mark.parametrize(
    "words",
    [
        ["--published", "2021-02-30"],
        ["--published", "soon"],
        ["--jobs", "0"],
        ["--jobs", "many"],
        ["--format", "xml"],
        ["--out", "events.xls"],
        ["--colour"],
    ],
)
def test_wrong_usage_is_told_apart_and_nothing_is_read(words):
    wrong = subprocess.run(
        [sys.executable, "-c", RUN, "code", "missing.txt", *words],
        capture_output=True, text=True, encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip
    assert wrong.returncode == 2
    assert wrong.stdout == ""
    assert words[-1] in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert "missing.txt" not in wrong.stderr
