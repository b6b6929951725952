"""A real server on this machine: who is too slow is let go."""

import contextlib
import http.client
import socket
import threading
import time

import pytest
import uvicorn

from rallybook.server import running
from rallybook.server.app import create_app
from rallybook.server.settings import Settings


@pytest.fixture
def port(book, monkeypatch):
    """The port of a server that waits a fifth of a second for a request."""
    monkeypatch.setattr(running.Impatient, "headers_s", 0.2)
    settings = Settings(port=0)
    server = uvicorn.Server(uvicorn.Config(create_app(book, settings), **running.options(settings)))
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(30)


def _ask(port, path, **headers):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def _closed(port, *pieces):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for piece in pieces:
            connection.sendall(piece)
        while connection.recv(65_536):
            pass
    return True


def test_a_server_answers_and_does_not_say_what_it_is(port):
    status, headers, body = _ask(port, "/api/v1/meta")
    assert (status, headers["server"]) == (200, None)
    assert b'"events":4' in body


def test_an_export_comes_in_pieces(port):
    status, headers, body = _ask(port, "/api/v1/export?format=jsonl")
    assert (status, headers["transfer-encoding"], body.count(b"\n")) == (200, "chunked", 4)


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (b"GET /api/v1/meta HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow:",),
        (b"GET /api/v1/meta HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"GET /api/v1/meta HT"),
    ],
    ids=["says nothing", "never ends its headers", "never ends its second request"],
)
def test_who_never_ends_a_request_is_let_go(port, pieces):
    assert _closed(port, *pieces)


def test_whoever_is_quick_keeps_the_connection(port):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        for _ in range(3):
            connection.request("GET", "/api/v1/facets")
            assert connection.getresponse().read()
            time.sleep(0.3)  # longer than a request may take to come


def test_a_port_that_is_taken_is_said_in_a_line(book, port, capsys):
    with pytest.raises(SystemExit):
        running.serve(book, Settings(port=port), say=lambda _: None)
    assert "Traceback" not in capsys.readouterr().err
