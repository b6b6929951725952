"""What a server is told when it starts."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal

import msgspec

Texts = Literal["none", "excerpts", "all"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a book is served.

    `texts` is how much of an article is shown to whoever is no coder: nothing but the words that prove a value, these
    with the words around them, or all. `open_to_all` lets people read who have not logged in. `style` is the URL of a
    MapLibre style in place of the bundled map. `secure_cookies` is for a server behind HTTPS. `most_points` is how many
    points an answer has before cells take their place. `second_share`, 0 to 1, is the share of the reviewed articles
    that a second coder codes, too. `accounts` is the file of the accounts where it is not beside the book. Whoever
    sends `metrics_token` may read the metrics; without one, whoever is on this machine.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    texts: Texts = "excerpts"
    open_to_all: bool = True
    style: str = ""
    secure_cookies: bool = False
    most_points: int = 50_000
    second_share: float = 0.1
    accounts: Path | None = None
    metrics_token: str = ""

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Tell whether an address leads to this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
