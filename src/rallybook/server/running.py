"""A server process: uvicorn with limits, until it is told to stop."""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from collections.abc import Callable
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from rallybook.book.address import shown
from rallybook.server.app import create_app
from rallybook.server.doorkeeper import LocalDoorkeeper
from rallybook.server.settings import Settings

# seconds: a connection that says nothing any more is closed; pages reuse theirs sooner
_IDLE_S = 20
# seconds that answers under way have when the server is told to stop
_LEAVE_S = 10
# connections at a time; a browser has six, a connection takes some 50 kB
_MOST_CONNECTIONS = 1_000


class Impatient(H11Protocol):
    """HTTP for clients that send a request within `headers_s` seconds; uvicorn alone would wait for ever."""

    headers_s = 10.0
    _waiting: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Begin to wait for the next request with its first byte, and stop when its headers are whole."""
        if self._waiting is None and not self._answering():
            self._wait()
        super().data_received(data)
        if self._answering():
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.headers_s, self._close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _close(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            self.transport.close()


def serve(book: Path | str, settings: Settings, *, say: Callable[[str], None]) -> None:
    """Serve a book until the process is interrupted; `say` hears where it is to be found and who may do what.

    Raises `BookError` for what is no book, and `InputError` where everybody could reach a server without accounts.
    """
    app = create_app(book, settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"serving {shown(str(book))} at http://{host}:{settings.port}/ (Ctrl-C stops it)")
    if isinstance(app.state.shelf.doorkeeper, LocalDoorkeeper):
        say("no accounts: whoever uses this machine may read and correct; nobody else reaches it")
    uvicorn.run(app, **options(settings))  # type: ignore[arg-type]


def options(settings: Settings) -> dict[str, object]:
    """Give what uvicorn is run with."""
    return {
        "host": settings.host,
        "port": settings.port,
        "http": Impatient,
        # `rallybook.logs` writes them
        "log_config": None,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "timeout_keep_alive": _IDLE_S,
        "timeout_graceful_shutdown": _LEAVE_S,
        "limit_concurrency": _MOST_CONNECTIONS,
    }
