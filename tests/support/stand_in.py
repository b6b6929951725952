"""A server on this machine that plays an OpenAI-compatible endpoint, with the answers that a test gives it."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, NamedTuple

_EMPTY = {
    "quote": "", "trigger": "", "form": "rally", "status": "happened", "focus": "focal", "umbrella": False,
    "date_edtf": "", "date_words": "", "place_words": "", "place_name": "", "size_words": "",
    "participants": [], "organisers": [], "targets": [], "claims": [], "response": [],
    "arrests_words": "", "injured_words": "", "killed_words": "",
}  # fmt: skip


class Reply(NamedTuple):
    """What the stand-in sends: `missing` bytes of what it promises are never sent, the rest after `pause` seconds."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    pause: float = 0.0
    missing: int = 0


class StandIn:
    """The endpoint: what it was asked, and what it will answer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._replies: list[Reply] = [told()]
        self._reply_for: Callable[[dict[str, Any]], Reply] | None = None

    def answers(self, *replies: Reply) -> None:
        """Answer with each of these in turn, and then with the last for ever."""
        self._replies = list(replies)

    def answers_by(self, reply_for: Callable[[dict[str, Any]], Reply]) -> None:
        """Answer with what a function gives for the body of a request."""
        self._reply_for = reply_for

    def next(self, body: dict[str, Any]) -> Reply:
        """Give the reply to a request."""
        if self._reply_for:
            return self._reply_for(body)
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]


def event(**values: Any) -> dict[str, Any]:
    """Give an event as a model tells it, empty but for these values."""
    return _EMPTY | values


def told(*events: dict[str, Any], **more: Any) -> Reply:
    """Give the reply of a model that tells these events."""
    return wrote(json.dumps({"events": events} | more))


def wrote(content: str | None, finish: str = "stop", **message: Any) -> Reply:
    """Give the reply of a model that wrote this."""
    message = {"role": "assistant", "content": content} | message
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return Reply(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode())


def refused(status: int, message: str, **headers: str) -> Reply:
    """Give the reply of an endpoint that refuses."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message, "type": "x"}}).encode(), status, named)


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """Start the stand-in on a free port, and stop it at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.asked.append(body)
            endpoint.headers.append(dict(self.headers))
            endpoint.paths.append(self.path)
            reply = endpoint.next(body)
            time.sleep(reply.pause)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) + reply.missing))
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                pass  # the client has given up

        do_GET = do_POST  # noqa: N815 - the name that the server asks for

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = StandIn(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
