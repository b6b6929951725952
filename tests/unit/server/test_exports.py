import asyncio
import csv
import io
import json
from threading import BoundedSemaphore

import pytest

from rallybook.server import exports
from rallybook.server.shelf import MOST_EXPORTS


def test_a_table_has_a_row_for_each_event_that_was_asked_for(client):
    answer = client.get("/api/v1/export?country=GB")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["place"] for row in rows] == ["Leeds", "Oban"]
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="book-events.csv"'


def test_lines_are_what_the_api_shows(client):
    lines = client.get("/api/v1/export?format=jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == client.get("/api/v1/events").json()["events"]


def test_a_cell_that_a_spreadsheet_would_run_is_text(client):
    text = client.get("/api/v1/export?country=FJ").text
    assert "\n=" not in text
    assert ",=" not in text


@pytest.mark.parametrize(
    "query", ["form=dance", "format=exe", "after=nobody", "from=2024-05-02&to=2024-05-01", "text=%22%22"]
)
def test_what_cannot_be_exported_is_told_before_the_answer_begins(client, query):
    answer = client.get(f"/api/v1/export?{query}")
    assert answer.status_code in {400, 422}
    # and it holds no turn
    assert all(client.app.state.shelf.exports.acquire(blocking=False) for _ in range(MOST_EXPORTS))


def test_so_many_exports_at_a_time_and_no_more(client):
    turns = client.app.state.shelf.exports
    for _ in range(MOST_EXPORTS):
        turns.acquire()
    answer = client.get("/api/v1/export")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    turns.release()
    assert client.get("/api/v1/export").status_code == 200
    assert client.get("/api/v1/export").status_code == 200


def test_whoever_reads_too_slowly_is_cut_off_and_holds_no_turn(monkeypatch):
    monkeypatch.setattr(exports, "LONGEST_S", 0.05)
    turn = BoundedSemaphore(1)
    turn.acquire()

    def pieces():
        while True:
            yield b"more"

    async def never(_=None):
        await asyncio.sleep(60)

    asyncio.run(exports.Export(pieces(), turn)({"type": "http", "method": "GET"}, never, never))
    assert turn.acquire(blocking=False)


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"; filename="b', "\r\nSet-Cookie: x=1"])
def test_the_name_of_a_file_is_a_name(client, name):
    client.app.state.shelf.name = name
    told = client.get("/api/v1/export").headers
    assert told["content-disposition"].count('"') == 2
    assert not set("/\r\n") & set(told["content-disposition"])
    assert "set-cookie" not in told
