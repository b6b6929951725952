"""The app: an open book behind HTTP."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from rallybook import opened as library
from rallybook.server import events, meta, points
from rallybook.server.problems import handle_problems
from rallybook.server.settings import Settings
from rallybook.server.shelf import Shelf
from rallybook.version import __version__

# what npm built and templates hold: there in the package, and made from web/ in the repository
ASSETS = Path(__file__).parent / "web" / "static"
_PAGES = "rallybook.server.pages"


def create_app(book: Path | str, settings: Settings = Settings()) -> FastAPI:  # noqa: B008 - frozen
    """Give an app that serves the book of a path; it is opened at once and closed when the app ends.

    Raises `BookError` for what is no book.
    """
    kept = library.open(book, create=False)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        kept.close()

    app = FastAPI(
        title="rallybook",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.shelf = Shelf(kept, settings, name=Path(str(book)).stem)
    handle_problems(app)
    for part in (meta, events, points):
        app.include_router(part.router)
    _add_pages(app)
    return app


def _add_pages(app: FastAPI) -> None:
    """Add the pages and what they load, where they are there."""
    if ASSETS.is_dir():
        app.mount("/static", StaticFiles(directory=ASSETS), name="static")
    if find_spec(_PAGES):
        app.include_router(import_module(_PAGES).router)
