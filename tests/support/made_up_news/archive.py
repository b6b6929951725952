"""Archives of made-up pages as a crawler writes them, some of their records broken, with the truth beside them."""

import gzip
import io
import random
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from fastwarc.stream_io import ZstdWriter

from made_up_news.markup import Page, page
from made_up_news.telling import Told

_NOT_PAGES = (("404 Not Found", "text/html"), ("301 Moved Permanently", "text/html"), ("200 OK", "image/png"))


class Archived(NamedTuple):
    """What is at an address of an archive; `damaged` where the record is cut off."""

    url: str
    told: Told
    size: int
    damaged: bool


def archive(
    path: Path, told: Iterable[Told], *, seed: int = 1, damaged: float = 0.001, kilobytes: int = 40
) -> Iterator[Archived]:
    """Write an archive (.warc, .warc.gz, .warc.zst) of pages, and give what stands in it, page by page.

    Between the pages stand requests and answers that are none. Of the pages `damaged` are cut off. `kilobytes` is the
    mean weight of the scripts and styles of a site.
    """
    chance = random.Random(seed)
    with path.open("wb") as file:
        file.write(packed(_block("warcinfo", "", b"software: made-up crawler\r\n"), path.suffix))
        for number, one in enumerate(told):
            made = page(one, number, chance, kilobytes=kilobytes)
            if chance.random() < 0.05:
                file.write(packed(_other(chance, made.url), path.suffix))
            record = packed(_response(made, chance), path.suffix)
            broken = chance.random() < damaged
            file.write(record[: int(len(record) * chance.uniform(0.2, 0.9))] if broken else record)
            yield Archived(made.url, one, len(made.raw), broken)


def packed(record: bytes, suffix: str) -> bytes:
    """Pack a record as archives of this suffix have it."""
    if suffix == ".gz":
        return gzip.compress(record, 4)
    if suffix == ".zst":
        out = io.BytesIO()
        writer = ZstdWriter(out)
        writer.write(record)
        writer.close()
        return out.getvalue()
    return record


def _response(made: Page, chance: random.Random) -> bytes:
    """Give a response; some bodies are packed or sent in chunks."""
    body, headers = made.raw, ""
    how = chance.random()
    if how < 0.05:
        body, headers = gzip.compress(body, 4), "Content-Encoding: gzip\r\n"
    elif how < 0.1:
        body, headers = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), "Transfer-Encoding: chunked\r\n"
    return _http(
        made.url, "200 OK", f"text/html{'; charset=' * bool(made.charset)}{made.charset}", body, headers
    )


def _other(chance: random.Random, url: str) -> bytes:
    if chance.random() < 0.5:
        return _block("request", url, f"GET / HTTP/1.1\r\nHost: {url.split('/')[2]}\r\n\r\n".encode())
    status, kind = chance.choice(_NOT_PAGES)
    return _http(f"{url}/other", status, kind, b"nothing here")


def _http(url: str, status: str, kind: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return _block("response", url, head.encode() + body)


def _block(kind: str, url: str, block: bytes) -> bytes:
    number = zlib.crc32(f"{kind} {url}".encode())
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    content = "application/warc-fields" if kind == "warcinfo" else f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:made-up:{number:08x}>\r\n"
        f"WARC-Date: 2025-06-30T08:00:00Z\r\n{target}Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
