"""A made book behind a server of its own, and a window of a browser that looks at it."""

import socket
import threading
import time

import protest_book
import uvicorn
from axe_playwright_python.sync_playwright import Axe

from rallybook.book.accounts import SqliteAccounts
from rallybook.server.app import create_app
from rallybook.server.passwords import hashed
from rallybook.server.settings import Settings

_WIDE = {"width": 1360, "height": 860}
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
PHONE = {"width": 390, "height": 844}
# a busy machine without a graphics card draws a map in some ten seconds
_PATIENCE_MS = 30_000
PASSWORD = "wide-awake-otter-19"


class Served:
    """A server of a made book: where it is, and its events by the names of their first articles."""

    def __init__(self, folder, *, accounts=False, most_points=50_000):
        path = folder / "protests.db"
        self.events = protest_book.make(path)
        if accounts:
            kept = SqliteAccounts(folder / "protests.db.accounts", create=True)
            for name, role in (("ann", "coder"), ("bob", "coder"), ("cy", "adjudicator"), ("rob", "reader")):
                kept.add(name, role, hashed(PASSWORD))
            kept.close()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        # of so few articles each is coded twice
        app = create_app(path, Settings(port=port, second_share=1.0, most_points=most_points))
        self._server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self):
        self._server.should_exit = True
        self._thread.join()


class Visitor:
    """A browser window that remembers what it asked for and what went wrong in it."""

    def __init__(self, browser, url, **options):
        self.context = browser.new_context(
            base_url=url, accept_downloads=True, **{"viewport": _WIDE, **options}
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(_PATIENCE_MS)
        self.asked, self.wrong = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "console", lambda line: line.type == "error" and self.wrong.append(f"{line.text} {line.location}")
        )
        self.page.on("pageerror", lambda error: self.wrong.append(error.stack or str(error)))
        self._url = url

    def elsewhere(self):
        return [url for url in self.asked if not url.startswith((self._url, "blob:", "data:"))]

    def barriers(self):
        """Give what axe finds on the page, in light and in dark."""
        found = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            told = Axe().run(self.page, options={"runOnly": _RULES}).response["violations"]
            found += [(scheme, one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in told]
        return found

    def at_map(self, query=""):
        self.page.goto(f"/{query}")
        self.idle()
        return self.page

    def idle(self):
        self.page.wait_for_selector("#map-page[data-idle=yes]")
