"""A web of its own: names, addresses and servers that a test makes up, all behind one port of 127.0.0.1."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rallybook.sources import connections
from rallybook.sources.addresses import Reach
from rallybook.sources.connections import Limits
from rallybook.sources.fetching import Fetcher
from rallybook.sources.robots import Pace

# of the public internet, and never dialled: what is dialled is 127.0.0.1
PUBLIC, PUBLIC_TOO = "93.184.216.34", "8.8.4.4"
TIGHT = Limits(most_bytes=200_000, connect_s=0.4, all_s=0.4, tries=1)

Answer = Callable[[BaseHTTPRequestHandler], None]


def page(*sentences: str, head: str = "") -> bytes:
    """Give an HTML page."""
    words = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{words}</article></body></html>".encode()


def sent(body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> Answer:
    """Give an answer in good order."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def raw(*pieces: bytes, pause: float = 0.0, times: int = 1) -> Answer:
    """Give an answer byte for byte, the last piece `times` times, with a pause before each."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        for piece in (*pieces[:-1], *[pieces[-1]] * times):
            if handler.server.closing.wait(pause) if pause else False:  # type: ignore[attr-defined]
                return
            handler.wfile.write(piece)
            handler.wfile.flush()

    return answer


class FakeWeb:
    """Servers that answer as told; remembers what was asked, and which addresses were dialled."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        # each look-up of a name takes the next of its addresses, and then the last for ever
        self.names: dict[str, list[Sequence[str]]] = {"site.test": [[PUBLIC]], "other.test": [[PUBLIC_TOO]]}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.dialled: list[tuple[str, int]] = []
        self.slept: list[float] = []
        self.now = 0.0

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Give the addresses of a name that is known here, or of one in numbers as the system reads it."""
        known = self.names.get(host)
        if known:
            return known.pop(0) if len(known) > 1 else known[0]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(address[0]) for *_, address in found]

    def dial(self, address: tuple[str, int], **options: Any) -> socket.socket:
        """Connect to the port of this machine, whatever the address."""
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout=options.get("timeout"))

    def sleep(self, seconds: float) -> None:
        """Let time pass, in no time."""
        self.slept.append(seconds)
        self.now += seconds

    def fetcher(self, limits: Limits = TIGHT, *, delay: float = 0.0, private: bool = False) -> Fetcher:
        """Give a fetcher that sees this web."""
        reach = Reach(resolve=self.resolve, **({"private": True, "ports": frozenset()} if private else {}))
        pace = Pace(delay, sleep=self.sleep, clock=lambda: self.now)
        return Fetcher(reach, limits=limits, pace=pace, contact="https://desk.example/robot")

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request; where nothing is told of it, as one for a page that is not there."""
        host = handler.headers.get("Host", "")
        self.asked.append(f"{host}{handler.path}")
        self.headers.append(dict(handler.headers))
        usual = sent(b"", status=404)
        found = self.answers.get(f"{host}{handler.path}", self.answers.get(handler.path, usual))
        with contextlib.suppress(OSError):  # whoever asked has given up
            found(handler)


@contextlib.contextmanager
def fake_web(*, certificate: Path | None = None, key: Path | None = None) -> Iterator[FakeWeb]:
    """Start a web, a secure one with a certificate, and stop it at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        closing = threading.Event()

        def handle_error(self, *_: object) -> None:
            pass  # whoever asked has given up, or speaks another language

    server = Server(("127.0.0.1", 0), Handler)
    server.closing = threading.Event()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    web = FakeWeb(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        with patch.object(connections, "create_connection", web.dial):
            yield web
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
