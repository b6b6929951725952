"""Links to where an article came from."""

from __future__ import annotations

from urllib.parse import urlsplit

_SCHEMES = {"http", "https"}


def safe_url(url: str) -> str:
    """Give a URL that leads to a page of the web; empty for every other, as `javascript:`, `data:` or a path."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in _SCHEMES and parts.hostname else ""
