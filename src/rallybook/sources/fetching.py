"""Pages from the web: checked addresses, redirects one by one, politely, and again where a server stumbles."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from rallybook.errors import FetchError
from rallybook.sources.addresses import Reach, Target, joined, network_address, target
from rallybook.sources.connections import Limits, Response, exchange
from rallybook.sources.robots import Pace, Rules, rules_of
from rallybook.version import __version__

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
NOT_MODIFIED = 304
# worth another try after a while: the server is busy, restarting, or behind one that is
_STUMBLES = frozenset((408, 425, 429, 500, 502, 503, 504))
# seconds before the second and the third try, unless the server names its own
_BACK_OFF_S = (1.0, 4.0)
_LONGEST_WAIT_S = 60.0
# requests in a row that came to nothing: a feed may name a hundred pages of a host that is down
_MOST_IN_VAIN = 3


class Validators(NamedTuple):
    """By what a server knows which version of a page one has: its ETag and Last-Modified."""

    etag: str = ""
    modified: str = ""


class Fetched(NamedTuple):
    """A page that was fetched: where it was found in the end, its bytes, kind and encoding as the server names them.

    Where the server says that it is the version known, `changed` is False and there are no bytes.
    """

    url: str
    raw: bytes
    kind: str = ""
    charset: str = ""
    validators: Validators = Validators()
    changed: bool = True


class Fetcher:
    """Fetches pages one after another; remembers the robots.txt of the sites it has been to."""

    def __init__(
        self,
        reach: Reach = Reach(),  # noqa: B008 - frozen
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        pace: Pace | None = None,
        contact: str = "",
    ) -> None:
        """Take how far it may go, the limits, the pace, and who can be written to about it (a URL or an address)."""
        self._reach = reach
        self._limits = limits
        self._pace = pace or Pace()
        self._rules: dict[str, Rules] = {}
        self._in_vain: Counter[str] = Counter()
        self._headers = {
            "User-Agent": f"rallybook/{__version__}" + (f" (+{contact})" if contact else ""),
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9",
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "en",
            "Connection": "close",
        }

    def get(self, url: str, known: Validators = Validators()) -> Fetched:  # noqa: B008 - frozen
        """Give the page of an address, or word that it is still the version known.

        Raises `FetchError` for what may not be fetched, and for what no server gave within the limits.
        """
        place = target(url, self._reach)
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        place, response = self._followed(place, {name: value for name, value in asked.items() if value})
        if response.status not in (200, NOT_MODIFIED):
            lasting = response.status not in _STUMBLES
            raise FetchError(place.url, f"status: received {response.status}, allowed: 200", lasting=lasting)
        kind, charset = _content_type(response.headers.get("content-type", ""))
        validators = Validators(response.headers.get("etag", ""), response.headers.get("last-modified", ""))
        changed = response.status == 200
        return Fetched(place.url, response.body, kind, charset, validators, changed)

    def _followed(
        self, place: Target, asked: Mapping[str, str], *, robots: bool = False
    ) -> tuple[Target, Response]:
        """Follow redirects, each of which is checked as the first address was; a robots.txt asks no robots.txt."""
        first = place
        for _ in range(self._limits.redirects + 1):
            rules = Rules() if robots else self._rules_of(place)
            if not rules.allows(place):
                why = "gave no answer for its robots.txt" if rules.closed else "asks robots to stay away"
                raise FetchError(place.url, f"{place.host} {why}", lasting=not rules.closed)
            response = self._unless_in_vain(place, asked, rules.pause_s)
            link = response.headers.get("location", "")
            if response.status not in _REDIRECTS or not link:
                return place, response
            try:
                place = target(joined(place.url, link), self._reach)
            except FetchError as error:
                raise FetchError(first.url, f"redirect to {error.origin}: {error.reason}") from error
        raise FetchError(
            first.url, f"received more than {self._limits.redirects} redirects, allowed: up to that"
        )

    def _unless_in_vain(self, place: Target, asked: Mapping[str, str], pause_s: float) -> Response:
        """Ask, unless the host is down or asked to be left alone for longer than a run may wait."""
        if self._in_vain[place.host] >= _MOST_IN_VAIN:
            reason = f"{place.host} gave no answer before, and is left alone in this run"
            raise FetchError(place.url, reason, lasting=False)
        try:
            response = self._tried(place, asked, pause_s)
        except FetchError as error:
            self._in_vain[place.host] += not error.lasting
            raise
        stumbled = response.status in _STUMBLES
        self._in_vain[place.host] = self._in_vain[place.host] + 1 if stumbled else 0
        if stumbled and _asked_wait(response, 0.0) > _LONGEST_WAIT_S:
            self._in_vain[place.host] = _MOST_IN_VAIN
        return response

    def _tried(self, place: Target, asked: Mapping[str, str], pause_s: float) -> Response:
        """Ask up to three times where the server stumbles."""
        for back_off_s in (*_BACK_OFF_S[: self._limits.tries - 1], math.nan):
            last = math.isnan(back_off_s)
            self._pace.wait(place.host)
            try:
                # looked up anew each time, and connected to what was checked
                address = network_address(place, self._reach)
                response = exchange(place, address, self._headers | dict(asked), self._limits)
            except FetchError as error:
                if error.lasting or last:
                    raise
                wait_s = back_off_s
            else:
                wait_s = _asked_wait(response, back_off_s)
                if response.status not in _STUMBLES or last or wait_s > _LONGEST_WAIT_S:
                    return response
            finally:
                self._pace.asked(place.host, pause_s)
            self._pace.sleep(wait_s)
        raise AssertionError("the last try returns or raises")

    def _rules_of(self, place: Target) -> Rules:
        if place.root not in self._rules:
            # what follows holds for the rest of the run: a site that gave no answer is not asked for each of its pages
            self._rules[place.root] = Rules(closed=True)
            self._rules[place.root] = self._read_rules(place)
        return self._rules[place.root]

    def _read_rules(self, place: Target) -> Rules:
        """RFC 9309: where there is no robots.txt all is allowed, where a site gives no answer nothing is."""
        try:
            _, response = self._followed(place._replace(path="/robots.txt"), {}, robots=True)
        except FetchError as error:
            if error.lasting:
                return Rules()
            raise
        if response.status in _STUMBLES or response.status >= 500:
            return Rules(closed=True)
        return rules_of(response.body) if response.status == 200 else Rules()


def _asked_wait(response: Response, otherwise: float) -> float:
    """Give the seconds that a busy server asks for, as a number or a date."""
    told = response.headers.get("retry-after", "").strip()
    if told.isdigit() and len(told) < 9:
        return max(float(told), otherwise)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return otherwise
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return max((until - dt.datetime.now(dt.UTC)).total_seconds(), otherwise)


def _content_type(header: str) -> tuple[str, str]:
    message = Message()
    message["content-type"] = " ".join(header.split())
    return message.get_content_type() if header.strip() else "", message.get_content_charset("") or ""
