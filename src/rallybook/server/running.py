"""A server process: uvicorn with limits, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import uvicorn

from rallybook.server.app import create_app
from rallybook.server.settings import Settings

# seconds: a connection that says nothing any more is closed; pages reuse theirs sooner
_IDLE_S = 20
# seconds that answers under way have when the server is told to stop
_LEAVE_S = 10


def serve(book: Path | str, settings: Settings, *, say: Callable[[str], None]) -> None:
    """Serve a book until the process is interrupted; `say` hears where it is to be found.

    Raises `BookError` for what is no book, and `InputError` for settings that are not safe.
    """
    app = create_app(book, settings)
    say(f"serving {book} at http://{settings.host}:{settings.port}/ (Ctrl-C stops it)")
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_LEAVE_S,
    )
