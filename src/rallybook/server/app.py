"""The app: an open book behind HTTP."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from rallybook import opened as library
from rallybook.book.accounts import SqliteAccounts
from rallybook.server import articles, events, meta, points, sessions
from rallybook.server.access import readable
from rallybook.server.problems import handle_problems
from rallybook.server.settings import Settings
from rallybook.server.shelf import Shelf, accounts_path, doorkeeper_of
from rallybook.version import __version__

# what npm built and templates hold: there in the package, and made from web/ in the repository
ASSETS = Path(__file__).parent / "web" / "static"
_PAGES = "rallybook.server.pages"


def create_app(book: Path | str, settings: Settings = Settings()) -> FastAPI:  # noqa: B008 - frozen
    """Give an app that serves the book of a path; it is opened at once and closed when the app ends.

    Raises `BookError` for what is no book, and `InputError` where everybody could reach a server without accounts.
    """
    keeper = doorkeeper_of(SqliteAccounts(settings.accounts or accounts_path(book)), settings)
    here = Shelf(library.open(book, create=False), settings, keeper, name=Path(str(book)).stem)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        here.close()

    app = FastAPI(
        title="rallybook",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.shelf = here
    handle_problems(app)
    for part in (events, points, articles):
        app.include_router(part.router, dependencies=[Depends(readable)])
    for part in (meta, sessions):
        app.include_router(part.router)
    _add_pages(app)
    return app


def _add_pages(app: FastAPI) -> None:
    """Add the pages and what they load, where they are there."""
    if ASSETS.is_dir():
        app.mount("/static", StaticFiles(directory=ASSETS), name="static")
    if find_spec(_PAGES):
        app.include_router(import_module(_PAGES).router)
