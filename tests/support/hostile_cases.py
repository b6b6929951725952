"""Addresses and answers that must not be followed, each with the words of its refusal."""

import gzip
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from fake_web import PUBLIC, Answer, page, raw, sent

_GOOD = sent(
    page("Hundreds of teachers marched through Accra on Sunday to ask for the pay rise they were promised.")
)
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_BOMB = gzip.compress(b"\0" * 50_000_000)
_ADDRESS = "public network addresses only"


class Case(NamedTuple):
    """What is asked for, what its servers answer, where its names lead, and words of the refusal."""

    name: str
    url: str
    refusal: str
    answers: Mapping[str, Answer] = MappingProxyType({})
    names: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType({})


def _there(name: str, refusal: str, answer: Answer, **others: Answer) -> Case:
    more = {f"/{path}": other for path, other in others.items()}
    return Case(name, "http://site.test/a", refusal, {"/a": answer} | more)


def _moved(
    name: str, to: str, refusal: str, names: Mapping[str, Sequence[Sequence[str]]] | None = None
) -> Case:
    case = _there(f"redirect to {name}", refusal, sent(b"", status=302, Location=to))
    return case._replace(names=names or {})


def _ok(*headers: str, body: bytes = b"") -> bytes:
    return _OK + "".join(f"{header}\r\n" for header in headers).encode() + b"\r\n" + body


# nothing of these may ever be dialled
ADDRESSES = (
    Case("a file", "file:///etc/passwd", "scheme: received 'file', allowed: http and https"),
    Case("another protocol", "ftp://site.test/a", "scheme: received 'ftp'"),
    Case("an old protocol", "gopher://site.test:80/_GET", "scheme: received 'gopher'"),
    Case("a script", "javascript://site.test/%0aalert(1)", "scheme: received 'javascript'"),
    Case("data", "data:text/html,<p>a", "scheme: received 'data'"),
    Case("name and password", "http://me:secret@site.test/a", "a name or password"),
    Case("a name that looks like a host", "http://site.test@127.0.0.1/a", "a name or password"),
    Case("the port of secure shell", "http://site.test:22/a", "port: received 22, allowed: 80, 443"),
    Case("another port", "http://site.test:8080/a", "port: received 8080"),
    Case("port zero", "http://site.test:0/a", "port: received 0"),
    Case("a port beyond all", "http://site.test:99999/a", "cannot be read"),
    Case("a port of letters", "http://site.test:http/a", "cannot be read"),
    Case("no host", "http:///a", "host: received ''"),
    Case("a host of dots", "http://../a", "host: received"),
    Case("a label too long", f"http://{'a' * 70}.test/a", "host: received"),
    Case("a bracket left open", "http://[::1/a", "cannot be read"),
    Case("a backslash", "http://site.test\\@127.0.0.1/a", "backslashes"),
    Case("a new line and a header", "http://site.test/a\r\nHost: b", "control characters"),
    Case("a blank", "http://site.test/a b", "blanks"),
    Case("an address too long", "http://site.test/" + "a" * 2_000, "2,017 characters, allowed: up to 2,000"),
    Case("a zone", "http://[fe80::1%25eth0]/a", "zone"),
    Case("an escaped host", "http://127%2e0.0.1/a", "escaped"),
    Case("loopback", "http://127.0.0.1/a", _ADDRESS),
    Case("loopback as one number", "http://2130706433/a", _ADDRESS),
    Case("loopback in hexadecimal", "http://0x7f000001/a", _ADDRESS),
    Case("loopback in octal", "http://0177.0.0.1/a", _ADDRESS),
    Case("loopback, cut short", "http://127.1/a", _ADDRESS),
    Case("loopback in wide digits", "http://１２７.０.０.１/a", _ADDRESS),
    Case("loopback of IPv6", "http://[::1]/a", _ADDRESS),
    Case("loopback wrapped in IPv6", "http://[::ffff:127.0.0.1]/a", _ADDRESS),
    Case("loopback behind NAT64", "http://[64:ff9b::7f00:1]/a", _ADDRESS),
    Case("loopback by 6to4", "http://[2002:7f00:1::]/a", _ADDRESS),
    Case("this very host", "http://0.0.0.0/a", _ADDRESS),
    Case("a private network", "http://10.0.0.5/a", _ADDRESS),
    Case("a network at home", "http://192.168.1.1/a", _ADDRESS),
    Case("a network of an office", "http://172.16.9.9/a", _ADDRESS),
    Case("a network of a provider", "http://100.64.0.1/a", _ADDRESS),
    Case("link-local", "http://169.254.7.7/a", _ADDRESS),
    Case("metadata of a cloud", "http://169.254.169.254/latest/meta-data/", _ADDRESS),
    Case("metadata by IPv6", "http://[fd00:ec2::254]/latest/", _ADDRESS),
    Case("metadata at a public address", "http://168.63.129.16/machine", _ADDRESS),
    Case("metadata beside the private ones", "http://192.0.0.192/opc/v2/", _ADDRESS),
    Case("all hosts at once", "http://224.0.0.1/a", _ADDRESS),
    Case("broadcast", "http://255.255.255.255/a", _ADDRESS),
    Case("a name of this machine", "http://here.test/a", _ADDRESS, names={"here.test": [["127.0.0.1"]]}),
    Case("a name of a private network", "http://in.test/a", _ADDRESS, names={"in.test": [["fc00::7"]]}),
    Case("a name with two faces", "http://two.test/a", _ADDRESS, names={"two.test": [[PUBLIC, "10.0.0.5"]]}),
    Case("a name that leads nowhere", "http://no.test/a", "no network address", names={"no.test": [[]]}),
    Case("a name that is not known", "http://unknown.test/a", "no network address"),
    Case("a name with a zone", "http://z.test/a", _ADDRESS, names={"z.test": [["fe80::1%eth0"]]}),
)
ANSWERS = (
    Case(
        "a name that moves home between two look-ups",
        "http://moves.test/a",
        _ADDRESS,
        {"/a": _GOOD},
        {"moves.test": [[PUBLIC], ["127.0.0.1"]]},
    ),
    _moved("loopback", "http://127.0.0.1/a", _ADDRESS),
    _moved("loopback without a scheme", "//127.0.0.1/a", _ADDRESS),
    _moved("metadata", "http://169.254.169.254/latest/", _ADDRESS),
    _moved("a file", "file:///etc/passwd", "scheme: received 'file'"),
    _moved("another protocol", "ftp://site.test/a", "scheme: received 'ftp'"),
    _moved("a password", "http://me:secret@other.test/", "a name or password"),
    _moved("another port", "http://other.test:6379/", "port: received 6379"),
    _moved("a name of this machine", "http://here.test/", _ADDRESS, {"here.test": [["127.0.0.1"]]}),
    _moved("itself for ever", "/a", "more than 5 redirects"),
    _moved("nowhere", "", "status: received 302"),
    _moved("a host that cannot be", "http://[/", "cannot be read"),
    _there("a length beyond the limit", "more than 200,000 bytes", raw(_ok("Content-Length: 9000000000"))),
    _there("a body without an end", "more than 200,000 bytes", raw(_ok(), b"<p>" * 9000, times=99)),
    _there(
        "chunks without an end",
        "more than 200,000 bytes",
        raw(_ok("Transfer-Encoding: chunked"), b"2000\r\n" + b"a" * 0x2000 + b"\r\n", times=99),
    ),
    _there("a bomb of gzip", "unpack to more than 200,000", sent(_BOMB, Content_Encoding="gzip")),
    _there(
        "a bomb of deflate", "unpack to more", sent(zlib.compress(b"a" * 9**7), Content_Encoding="deflate")
    ),
    _there("a bomb of brotli", "content encoding: received 'br'", sent(b"\x1b\0\0", Content_Encoding="br")),
    _there(
        "a bomb of zstd", "content encoding: received 'zstd'", sent(b"(\xb5/\xfd", Content_Encoding="zstd")
    ),
    _there("gzip within gzip", "received 'gzip, gzip'", sent(_BOMB, Content_Encoding="gzip, gzip")),
    _there("gzip that is none", "broken gzip", sent(page("Hundreds marched."), Content_Encoding="gzip")),
    _there(
        "gzip cut off", "end early", sent(gzip.compress(page("They marched."))[:-9], Content_Encoding="gzip")
    ),
    _there(
        "a body shorter than told", "no whole answer", raw(_ok("Content-Length: 500", body=b"<p>Hundreds"))
    ),
    _there("a length below zero", "no article text", raw(_ok("Content-Length: -1"))),
    _there(
        "two lengths", "no whole answer", raw(_ok("Content-Length: 5", "Content-Length: 7", body=b"<p>ab"))
    ),
    _there(
        "chunks of a wrong size", "no whole answer", raw(_ok("Transfer-Encoding: chunked", body=b"zz\r\n<p>"))
    ),
    _there("a header without an end", "no whole answer", raw(_OK + b"X-A: " + b"a" * 70_000 + b"\r\n\r\n")),
    _there("headers without an end", "no whole answer", raw(_OK, b"X-A: a\r\n", times=500)),
    _there("a drip of headers", "within 0.4 s", raw(_OK, b"X-A: a\r\n", pause=0.05, times=60)),
    _there("a drip of one header", "within 0.4 s", raw(_OK + b"X-A: ", b"a", pause=0.05, times=60)),
    _there("a drip of the body", "within 0.4 s", raw(_ok(), b"<p>a", pause=0.05, times=60)),
    _there("'go on' for ever", "within 0.4 s", raw(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.02, times=200)),
    _there("silence", "within 0.4 s", raw(b"HTTP/1.1 ", b" ", pause=3)),
    _there("an end at once", "no whole answer", raw(b"")),
    _there("another language", "no whole answer", raw(b"SSH-2.0-OpenSSH_9.2\r\n")),
    _there("a status that is none", "no whole answer", raw(b"HTTP/1.1 9999 What\r\n\r\n")),
    Case("a secure site that is none", "https://site.test/a", "no safe connection", {"/a": _GOOD}),
    _there("a document", "content type: received 'application/pdf'", sent(b"%PDF-1.7", "application/pdf")),
    _there("a picture that says page", "received a PNG image", sent(b"\x89PNG\r\n\x1a\n" + b"\0" * 99)),
    _there("random bytes", "received binary data", sent(bytes(range(256)) * 9)),
    _there("numbers", "content type: received 'application/json'", sent(b"{}", "application/json")),
    _there("a feed", "rallybook watch", sent(b"<rss/>", "application/rss+xml")),
    _there("a page without words", "no article text", sent(b"<html><body></body></html>")),
    _there("nothing at all", "no article text", sent(b"")),
    _there("tags within tags", "tags nested", sent(page("<div>" * 9_000 + "Hundreds marched."))),
    _there("a page that is gone", "status: received 410", sent(b"", status=410)),
    _there("a page for readers who paid", "status: received 403", sent(b"", status=403)),
    _there("a broken server", "status: received 500", sent(b"", status=500)),
    _there(
        "a server that is busy all day", "status: received 429", sent(b"", status=429, Retry_After="86400")
    ),
    Case(
        "a site that wants no robots",
        "http://site.test/a",
        "asks robots to stay away",
        {"/a": _GOOD, "/robots.txt": sent(b"User-agent: *\nDisallow: /", "text/plain")},
    ),
    Case(
        "a site that wants this robot not there",
        "http://site.test/a?print=1",
        "asks robots to stay away",
        {
            "/a?print=1": _GOOD,
            "/robots.txt": sent(b"User-agent: rallybook\nDisallow: /*?print", "text/plain"),
        },
    ),
    Case(
        "a site whose rules cannot be had",
        "http://site.test/a",
        "gave no answer for its robots.txt",
        {"/a": _GOOD, "/robots.txt": sent(b"", status=503)},
    ),
    Case(
        "rules that never end",
        "http://site.test/a",
        "within 0.4 s",
        {"/a": _GOOD, "/robots.txt": raw(_OK, b"a", pause=0.05, times=60)},
    ),
)
