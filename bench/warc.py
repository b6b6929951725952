"""From a web archive of made-up news to a linked book: pages a second, memory, and what was found of what is told.

    python bench/warc.py [PAGES] [PEER_PAGES] [JOBS,JOBS...]

The archive is made first (tests/support/made_up_news: 3 % of the pages tell a protest, a tenth is in another language, one
record in a thousand is cut off). Then each way runs in a process of its own: `rallybook add` as it is, with one process
and with two; on an archive of PEER_PAGES of the same news `rallybook add --pages all`, and warcio and trafilatura by hand,
which read and extract but neither code nor link; with PEER_PAGES 0 none of these. Large archives are read by shards, as the
command does.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
DAY = 1_000_000


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] in WAYS:
        WAYS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
        return
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    few = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    jobs_of = sys.argv[3] if len(sys.argv) > 3 else "1,2"
    with tempfile.TemporaryDirectory() as folder:
        many = made(Path(folder), pages)
        for jobs in jobs_of.split(","):
            run("rallybook", many, int(jobs))
        if not few:
            return
        many.unlink()
        small = made(Path(folder), few, damaged=0)
        for way, jobs in (
            ("rallybook", 1),
            ("rallybook, pages all", 1),
            ("rallybook, reading only", 1),
            ("warcio + trafilatura", 1),
        ):
            run(way, small, jobs)


def made(folder: Path, pages: int, damaged: float = 0.001) -> Path:
    """Make an archive, and beside it the truth; tell what it is like."""
    from made_up_news.archive import archive  # noqa: PLC0415
    from made_up_news.stream import stream  # noqa: PLC0415

    path = folder / f"{pages}-{damaged}.warc.gz"
    events, told = stream(pages)
    kinds: Counter[str] = Counter()
    size, telling = 0, {}
    # the peer reads no further than the first broken record
    for page in archive(path, told, damaged=damaged):
        size += page.size
        kinds[
            page.told.kind
            if page.told.events
            else "other language"
            if page.told.language != "en"
            else "other"
        ] += 1
        if page.told.events and not page.damaged:
            telling[page.url] = page.told.kind
    _truth(path).write_text(json.dumps({"pages": pages, "telling": telling}))
    print(
        f"{pages:,} pages of {size / pages / 1000:.0f} KB, {path.stat().st_size / 1e6:,.0f} MB packed: {len(events)} events, {dict(kinds)}",
        flush=True,
    )
    return path


def _truth(path: Path) -> Path:
    return Path(f"{path}.json")


def run(way: str, path: Path, jobs: int) -> None:
    subprocess.run([sys.executable, __file__, way, str(path), str(jobs)], check=True)


def rallybook(path: Path, jobs: int, *, likely: bool = True) -> None:
    """Do as `rallybook add` does, and look at what is in the book."""
    import rallybook as rb  # noqa: PLC0415
    from rallybook.bulk import add_files, is_large  # noqa: PLC0415
    from rallybook.page_reading import page_reader  # noqa: PLC0415
    from rallybook.sources.named import named  # noqa: PLC0415

    book = path.with_name(f"{path.stem}-{jobs}-{likely}.db")
    start = time.monotonic()
    with rb.open(book) as opened:
        if is_large([str(path)]):
            added = add_files(book, [path], jobs=jobs, pages="likely" if likely else "all")
        else:
            added = opened.add(named([path], pages=page_reader(likely=likely, waiting=True)), jobs=jobs)
        seconds = time.monotonic() - start
        events = opened.count()
        found = {telling.url for event in opened.events() for telling in event.records}
    truth = json.loads(_truth(path).read_text())
    told, pages = truth["telling"], truth["pages"]
    tell(f"rallybook{'' if likely else ', pages all'}, {jobs} process{'es' * (jobs > 1)}", pages, seconds)
    print(
        f"    {added.set_aside:,} set aside, {added.other_language:,} in other languages, {added.new:,} kept of which"
        f" {added.no_event:,} tell none, {len(added.failed)} failed, {added.records:,} records, {events:,} events"
    )
    print(
        f"    of {len(told):,} whole pages that tell a protest {len(told.keys() & found):,} are told from, and of all"
        f" others {len(found - told.keys()):,}",
        flush=True,
    )


def everything(path: Path, jobs: int) -> None:
    rallybook(path, jobs, likely=False)


def reading(path: Path, _: int) -> None:
    """Read only: the records with their bodies."""
    from rallybook.sources.warc import is_page, pieces  # noqa: PLC0415

    start = time.monotonic()
    with path.open("rb") as stream:
        found = sum(
            piece.record is not None and is_page(piece.record) for piece in pieces(stream, ".warc.gz")
        )
    tell("rallybook, reading only", found, time.monotonic() - start)


def peer(path: Path, _: int) -> None:
    """Read and extract by hand with warcio and trafilatura, as their manuals show it."""
    import trafilatura  # noqa: PLC0415
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415

    start, found = time.monotonic(), 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or "html" not in (
                record.http_headers.get_header("Content-Type") or ""
            ):
                continue
            document = trafilatura.bare_extraction(record.content_stream().read(), with_metadata=True)
            found += bool(document and document.text)
    tell("warcio + trafilatura by hand", found, time.monotonic() - start)


def tell(way: str, pages: int, seconds: float) -> None:
    """Print one line: the rate by the clock and by CPU time, and the memory of this process and of the largest other."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    print(
        f"  {way}: {pages:,} pages in {seconds:.0f} s, {pages / seconds:.1f} pages/s, {pages / spent:.1f} a CPU second,"
        f" memory {own.ru_maxrss / 1024:.0f} MB and {others.ru_maxrss / 1024:.0f} MB a worker;"
        f" {DAY:,} pages: {DAY / pages * seconds / 3600:.1f} h",
        flush=True,
    )


WAYS = {
    "rallybook": rallybook,
    "rallybook, pages all": everything,
    "rallybook, reading only": reading,
    "warcio + trafilatura": peer,
}

if __name__ == "__main__":
    main()
