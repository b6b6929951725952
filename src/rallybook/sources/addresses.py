"""What may be fetched: web addresses, and the network addresses that they lead to."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from rallybook.errors import FetchError

Resolve = Callable[[str, int], Sequence[str]]
IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

SCHEMES = {"http": 80, "https": 443}
# RFC 9110 asks that addresses of 8,000 characters are borne; no article's is longer than this
_LONGEST = 2_000
# an address of the old kind that IPv6-only networks wrap (RFC 6052)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# what `is_global` lets through (Python 3.11): where clouds tell machines their secrets (Oracle, Azure), relays that
# lead elsewhere (RFC 7526), addresses of one site only (RFC 3879), examples (RFC 9637), routers (RFC 9602)
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        "192.0.0.0/24 168.63.129.16/32 192.88.99.0/24 fec0::/10 3fff::/20 5f00::/16".split(),
    )
)
_PUBLIC = "hosts with public network addresses only"
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
# what a path may hold as it is (RFC 3986), and the sign of what is escaped already
_SAFE = "/:@!$&'()*+,;=-._~%?"


def system_addresses(host: str, port: int) -> list[str]:
    """Give the network addresses of a host, as the system's resolver knows them; raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Reach(NamedTuple):
    """How far a fetch may go: which ports (none named: any), and whether to addresses that are not public."""

    ports: frozenset[int] = frozenset(SCHEMES.values())
    private: bool = False
    resolve: Resolve = system_addresses


def reach_of(*, allow_private: bool) -> Reach:
    """Give how far a fetch may go: to the public web only, or anywhere."""
    return Reach(ports=frozenset(), private=True) if allow_private else Reach()


class Target(NamedTuple):
    """A web address in its parts: the host in ASCII, the path with the query, both as they are sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def root(self) -> str:
        """The address of the whole site, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port == SCHEMES[self.scheme] else f':{self.port}'}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.root + self.path


def is_url(path: str) -> bool:
    """Tell whether a path given by a user is a web address, one that may be fetched or not."""
    return bool(re.match(r"\s*[A-Za-z][A-Za-z0-9+.-]+://", path))


def shown_url(url: str) -> str:
    """Give an address as a message shows it: without a password, in one line, cut where it is long."""
    bare = printable(re.sub(r"(?<=//)[^/?#\s]*@", "...@", url.strip()))
    return bare if len(bare) <= 200 else f"{bare[:200]}..."


def printable(words: str) -> str:
    """Give a stranger's words without new lines and what else a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in words)


def target(url: str, reach: Reach) -> Target:
    """Give the parts of a web address that may be asked for; raises `FetchError` for any other."""
    given = url.strip()
    if len(given) > _LONGEST:
        raise _refused(url, "address", f"{len(given):,} characters", f"up to {_LONGEST:,}")
    if _UNSEEN.search(given):
        raise _refused(url, "address", "blanks, control characters or backslashes in it", "none")
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _refused(url, "address", f"one that cannot be read ({error})", "http://host/path") from None
    if parts.scheme not in SCHEMES:
        raise _refused(url, "scheme", repr(parts.scheme), " and ".join(SCHEMES))
    if "@" in parts.netloc:
        raise _refused(url, "address", "a name or password in it", "none")
    port = SCHEMES[parts.scheme] if port is None else port
    if port == 0 or (reach.ports and port not in reach.ports):
        allowed = ", ".join(map(str, sorted(reach.ports))) or "1 to 65535"
        raise _refused(url, "port", str(port), allowed)
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    return Target(parts.scheme, _host(host, url), port, path)


def joined(base: str, link: str) -> str:
    """Give the address that a link leads to from a page; the link itself where it is none."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def network_address(place: Target, reach: Reach) -> str:
    """Give the one network address to connect to; raises `FetchError` where the host leads to any that is not public.

    Whoever connects to another one has undone this check: between two look-ups a name may change where it leads.
    """
    try:
        found = [ipaddress.ip_address(name) for name in reach.resolve(place.host, place.port)]
    except (OSError, UnicodeError) as error:
        reason = f"host: {place.host} has no network address ({error})"
        raise FetchError(place.url, reason, lasting=False) from error
    except ValueError:  # an IPv6 address with a zone is one of this very network, and some are none at all
        raise _refused(place.url, "host", f"{place.host} with an unusual network address", _PUBLIC) from None
    if not found:
        raise FetchError(place.url, f"host: {place.host} has no network address", lasting=False)
    closed = [address for address in found if not is_public(address)]
    if closed and not reach.private:
        raise _refused(place.url, "host", f"{place.host} at {closed[0]}", _PUBLIC)
    return str(found[0])


def is_public(address: IpAddress) -> bool:
    """Tell whether a network address is one of the public internet, and so is the one that it wraps, if any."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in _CLOSED) or address.is_multicast or address.is_reserved:
        return False
    return address.is_global


def _host(host: str, url: str) -> str:
    if "%" in host:
        raise _refused(url, "host", "an escaped character or a zone", "a plain name")
    try:
        plain = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not plain.strip("."):
        raise _refused(url, "host", repr(host), "a name such as example.org")
    return plain


def _refused(url: str, thing: str, received: str, allowed: str) -> FetchError:
    return FetchError(shown_url(url), f"{thing}: received {received}, allowed: {allowed}")
