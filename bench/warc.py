"""Read a generated web archive: pages a CPU second and memory, beside warcio and trafilatura by hand.

    python bench/warc.py [PAGES]

Each way runs in a process of its own: reading, main text with its head, screening (might it tell a protest?). The pages
are the example articles and as many about other things, in mark-up of some 30 KB with menus, scripts and a footer.
"""

from __future__ import annotations

import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from rallybook.coding.screen import worth_reading
from rallybook.model.article import Article
from rallybook.sources.files import FileSource

ARTICLES = Path(__file__).parents[1] / "examples" / "articles" / "news.jsonl"
OTHER = "The council will repair the bridge over the river next spring, and the road to the harbour in the year after. "


def main() -> None:
    """Generate the archives and run each way on them."""
    if len(sys.argv) == 3:
        {"rallybook": rallybook, "rallybook, reading only": reading, "warcio + trafilatura": peer}[
            sys.argv[1]
        ](sys.argv[2])
        return
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        for count in (pages // 4, pages):
            path = Path(folder) / f"{count}.warc.gz"
            size = write(path, count)
            print(
                f"{count:,} pages, {size / 1e6:.1f} MB of mark-up, {path.stat().st_size / 1e6:.1f} MB packed"
            )
            for way in ("rallybook", "rallybook, reading only", "warcio + trafilatura"):
                subprocess.run([sys.executable, __file__, way, str(path)], check=True)


def write(path: Path, count: int) -> int:
    """Write an archive of so many pages; give their size in bytes."""
    chance = random.Random(7)
    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    total = 0
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(count):
            row = chance.choice(rows) if number % 2 else {"text": OTHER * chance.randint(5, 60)}
            page = markup(row["text"], row.get("title", "News"), number, chance)
            total += len(page)
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            url = f"https://news{number % 97}.example/{number}"
            writer.write_record(
                writer.create_warc_record(url, "response", io.BytesIO(page), http_headers=headers)
            )
    return total


def markup(text: str, title: str, number: int, chance: random.Random) -> bytes:
    """Give a page around a text."""
    menu = "".join(f'<li class="nav-{n}"><a href="/section/{n}">Section {n}</a></li>' for n in range(120))
    script = f"<script>var data = [{', '.join(str(chance.random()) for _ in range(600))}];</script>"
    words = "".join(f"<p>{part}</p>" for part in text.split("\n") if part.strip())
    more = "".join(
        f'<div class="teaser"><a href="/{n}">Another story, number {n}</a></div>' for n in range(60)
    )
    day = f"2021-02-{1 + number % 28:02d}"
    head = f'<title>{title}</title><meta property="article:published_time" content="{day}T08:00:00Z">{script}'
    body = f"<nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{words}</article><aside>{more}</aside>"
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}<footer>Imprint</footer></body></html>".encode()
    )


def rallybook(path: str) -> None:
    """Read, extract and screen as `rallybook code` does."""
    start, found, kept = time.process_time(), 0, 0
    for item in FileSource([path]).articles():
        if isinstance(item, Article):
            found += 1
            kept += worth_reading(item.text)
    tell("rallybook", found, kept, start)


def reading(path: str) -> None:
    """Read only: the records with their bodies."""
    from rallybook.sources.warc import is_page, pieces  # noqa: PLC0415

    start = time.process_time()
    with Path(path).open("rb") as stream:
        found = sum(
            piece.record is not None and is_page(piece.record) for piece in pieces(stream, ".warc.gz")
        )
    tell("rallybook, reading only", found, 0, start)


def peer(path: str) -> None:
    """Do the same by hand with warcio and trafilatura, as their manuals show it."""
    import trafilatura  # noqa: PLC0415

    start, found, kept = time.process_time(), 0, 0
    with Path(path).open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or "html" not in record.http_headers.get_header(
                "Content-Type", ""
            ):
                continue
            document = trafilatura.bare_extraction(
                record.content_stream().read().decode(), with_metadata=True
            )
            if document and document.text:
                found += 1
                kept += worth_reading(document.text)
    tell("warcio + trafilatura", found, kept, start)


def tell(way: str, found: int, kept: int, start: float) -> None:
    """Print one line of the table."""
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  {way:26}{found:7,} pages{found / seconds:9.1f} pages a CPU second{kept:7,} pass the screen{memory:7.0f} MB at most"
    )


main()
