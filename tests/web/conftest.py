"""Chromium, and servers to look at."""

import shutil

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

from browsing import Served, Visitor
from playwright.sync_api import sync_playwright

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# without a graphics card the map is drawn by the processor
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]


# not for the session: the loop that Playwright runs in would be in the way of other tests
@pytest.fixture(scope="module")
def browser():
    if not _CHROMIUM:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """A server that no test changes."""
    server = Served(tmp_path_factory.mktemp("served"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def crowded(tmp_path_factory):
    """A server to which more than two points are too many."""
    server = Served(tmp_path_factory.mktemp("crowded"), most_points=2)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def with_accounts(tmp_path_factory):
    """A server with a coder and a reader, whose book the tests of review change."""
    server = Served(tmp_path_factory.mktemp("accounts"), accounts=True)
    yield server
    server.stop()


@pytest.fixture
def visit(browser):
    """Opens windows; none of them may have asked another machine for anything, or had an error."""
    visitors = []

    def opened(server, **options):
        visitors.append(Visitor(browser, server.url, **options))
        return visitors[-1]

    yield opened
    for visitor in visitors:
        visitor.context.close()
    assert [visitor.elsewhere() for visitor in visitors] == [[] for _ in visitors]
    assert [visitor.wrong for visitor in visitors] == [[] for _ in visitors]
