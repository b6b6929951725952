"""Bad input, all of it in one run: each is named in words, the good ones are coded, nothing shows a traceback."""

import gzip
import json
import subprocess
import sys

import pytest

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
}
ROWS = [
    '{"id": "first", "text": "' + GOOD + '"}',
    '{"id": "2", "text": broken}',
    '{"id": "3"}',
    '{"id": "4", "text": 5}',
    '{"id": "5", "text": "' + GOOD + '", "published": "soon"}',
    '{"id": "6", "text": "Hundreds \\ud800 of\\u0000 teachers\\u200b \\u202emarched in Accra on Monday."}',
    '{"id": "last", "text": "' + GOOD + '"}',
]
NAMED = [
    *FILES,
    "missing.txt",
    "gone.txt",
    "folder.txt",
    "rows.jsonl:2",
    "rows.jsonl:3",
    "rows.jsonl:4",
    "rows.jsonl:5",
]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "rows.jsonl").write_text("\n".join(ROWS), encoding="utf-8")
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "folder.txt").mkdir()
    paths = [*FILES, "missing.txt", "gone.txt", "folder.txt", "rows.jsonl"]
    run = "from rallybook.cli.app import run; run()"
    return subprocess.run(
        [sys.executable, "-c", run, "code", *paths, "--format", "jsonl", "--jobs", "1"],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip


def test_some_failed_and_that_is_the_exit_code(outcome):
    assert outcome.returncode == 1


def test_nothing_shows_a_traceback(outcome):
    assert "Traceback" not in outcome.stderr + outcome.stdout


@pytest.mark.parametrize("name", NAMED)
def test_each_bad_input_is_named_once(outcome, name):
    told = [line for line in outcome.stderr.splitlines() if f"{name}:" in line or f"({name})" in line]
    assert len(told) == 1, outcome.stderr


def test_each_failure_is_in_the_output_too(outcome):
    reasons = [
        failure["reason"] for line in outcome.stdout.splitlines() for failure in json.loads(line)["failures"]
    ]
    assert len(reasons) == len(NAMED)


def test_the_good_rows_are_coded_once_each_and_in_order(outcome):
    lines = [json.loads(line) for line in outcome.stdout.splitlines()]
    coded = [line["id"] for line in lines if line["events"]]
    assert coded == ["first", "5", "6", "last"]
