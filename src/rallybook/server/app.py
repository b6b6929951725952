"""The app: an open book behind HTTP."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from anyio import to_thread
from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from rallybook import opened as library
from rallybook.book.address import titled
from rallybook.book.choosing import accounts_of
from rallybook.server import (
    adjudications,
    agreements,
    articles,
    codings,
    decisions,
    events,
    exports,
    feed,
    health,
    meta,
    ogc,
    points,
    search,
    sessions,
)
from rallybook.server.access import readable
from rallybook.server.assets import Assets
from rallybook.server.doorkeeper import LocalDoorkeeper
from rallybook.server.guards import AtThisMachine, Bounded, Careful, Compressed
from rallybook.server.observed import Observed
from rallybook.server.openapi import described
from rallybook.server.problems import handle_problems
from rallybook.server.settings import Settings
from rallybook.server.shelf import Shelf, doorkeeper_of
from rallybook.version import __version__

# what npm built and templates hold: there in the package, and made from web/ in the repository
ASSETS = Path(__file__).parent / "web" / "static"
_PAGES = "rallybook.server.pages"
# answers that are made at the same time; each has a connection to the book, of which the pool has 15
_AT_ONCE = 10


def create_app(book: Path | str, settings: Settings = Settings()) -> FastAPI:  # noqa: B008 - frozen
    """Give an app that serves the book of a path; it is opened at once and closed when the app ends.

    Raises `BookError` for what is no book, and `InputError` where everybody could reach a server without accounts.
    """
    keeper = doorkeeper_of(accounts_of(str(book), settings.accounts), settings)
    here = Shelf(library.open(book, create=False), settings, keeper, name=titled(str(book)))

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        yield
        here.close()

    app = api()
    app.router.lifespan_context = lifespan
    app.state.shelf = here
    app.include_router(health.router)
    _guard(app, settings, local=isinstance(keeper, LocalDoorkeeper))
    _add_pages(app)
    return app


def api() -> FastAPI:
    """Give the API without a book behind it, as its description has it."""
    app = FastAPI(
        title="rallybook",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_name,
    )
    handle_problems(app)
    for part in (events, points, articles, search, exports, feed, ogc):
        app.include_router(part.router, dependencies=[Depends(readable)])
    for part in (meta, sessions, decisions, codings, adjudications, agreements):
        app.include_router(part.router)
    app.openapi = partial(described, app)  # type: ignore[method-assign]
    return app


def _name(route: APIRoute) -> str:
    return route.name


def _guard(app: FastAPI, settings: Settings, *, local: bool) -> None:
    """Put guards before the app; the last one that is added meets a request first."""
    app.add_middleware(Compressed)
    app.add_middleware(Bounded)
    if local:
        app.add_middleware(AtThisMachine)
    app.add_middleware(Careful, settings=settings, shared=not local)
    app.add_middleware(Observed, requests=app.state.shelf.requests)


def _add_pages(app: FastAPI) -> None:
    """Add the pages and what they load, where they are there."""
    if ASSETS.is_dir():
        app.mount("/static", Assets(directory=ASSETS), name="static")
    if find_spec(_PAGES):
        app.include_router(import_module(_PAGES).router, include_in_schema=False)
