"""Where a model is asked: its address, its name, the key, the prices; from options and the environment."""

from __future__ import annotations

import math
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from rallybook.errors import InputError

URL, MODEL, KEY = "RALLYBOOK_LLM_URL", "RALLYBOOK_LLM_MODEL", "RALLYBOOK_LLM_KEY"
PRICES, TIMEOUT = "RALLYBOOK_LLM_PRICES", "RALLYBOOK_LLM_TIMEOUT"
_EXAMPLE = "an address such as http://127.0.0.1:8080/v1"
_TIMEOUT_S, _LONGEST_S = 120.0, 3600.0


class Prices(msgspec.Struct, frozen=True):
    """What a million tokens cost, read and written, in any currency."""

    read: float
    written: float


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that speaks the chat completions of the OpenAI API, and the model that is asked there.

    `url` is the address before "/chat/completions"; `key` is sent as a bearer token and never shown; no answer within
    `timeout_s` seconds is a failure.
    """

    url: str
    model: str
    key: str = ""
    prices: Prices | None = None
    timeout_s: float = _TIMEOUT_S

    def __repr__(self) -> str:
        return f"Endpoint({self.model!r} at {self.url!r})"


def endpoint_of(
    environment: Mapping[str, str],
    *,
    url: str | None = None,
    model: str | None = None,
    prices: str | None = None,
) -> Endpoint:
    """Give the endpoint that options and, for what they leave open, the environment name.

    Raises `InputError` for what is missing or cannot be used; the key is not shown.
    """
    return Endpoint(
        url=_address(environment.get(URL, "") if url is None else url),
        model=_model(environment.get(MODEL, "") if model is None else model),
        key=_key(environment.get(KEY, "")),
        prices=_prices(environment.get(PRICES, "") if prices is None else prices),
        timeout_s=_seconds(environment.get(TIMEOUT, "")),
    )


def _address(given: str) -> str:
    url = given.strip()
    thing = f"--llm-url or {URL}"
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise InputError(thing, given, _EXAMPLE) from None
    if "@" in parts.netloc:
        # a password in the address would be shown in every message
        raise InputError(thing, "an address with a password", f"{_EXAMPLE}, with the key in {KEY}")
    if not usable or parts.scheme not in ("http", "https") or not _plain(url) or parts.fragment:
        raise InputError(thing, given, _EXAMPLE)
    return url


def _model(given: str) -> str:
    if not given.strip() or not given.isprintable():
        raise InputError(f"--llm-model or {MODEL}", given, "the name of a model that the endpoint serves")
    return given.strip()


def _key(given: str) -> str:
    key = given.strip()
    if key and not _plain(key):
        raise InputError(KEY, "blanks or letters beyond ASCII (not shown)", "the key as the endpoint gave it")
    return key


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _prices(given: str) -> Prices | None:
    if not given.strip():
        return None
    try:
        read, written = (float(part) for part in given.split(","))
    except ValueError:
        read = written = math.nan
    if not (0 <= read < math.inf and 0 <= written < math.inf):
        allowed = "the prices of a million tokens read and written, as 0.15,0.60"
        raise InputError(f"--llm-prices or {PRICES}", given, allowed)
    return Prices(read, written)


def _seconds(given: str) -> float:
    if not given.strip():
        return _TIMEOUT_S
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= _LONGEST_S:
        raise InputError(TIMEOUT, given, f"a number of seconds, up to {_LONGEST_S:g}")
    return seconds
