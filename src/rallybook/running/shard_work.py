"""What a worker does with a shard: its articles are read and coded, and lie in the ledger when all are."""

from __future__ import annotations

import gzip
import hashlib
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from rallybook.model.article import Article
from rallybook.model.keeping import Standing
from rallybook.model.outcome import Coded, Failure, SetAside
from rallybook.model.shard import Part, Shard, ShardOutcome
from rallybook.model.waiting import Found
from rallybook.running.ledger import beside, place, sync
from rallybook.running.tries import MOST_DEATHS, MOST_TRIES, Tries

_STAGE = "code"
# articles that are looked up in the book at a time
_LOOKED_UP = 64


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of what was coded of a shard: an article or a failure with its outcome.

    The last line tells how many articles were in the book before, the last of them, how many were taken down, how many
    pages were set aside (as in `Added`), and how many places of the shard were passed over because workers died there.
    """

    coded: Coded | None = None
    article: Article | None = None
    failure: Failure | None = None
    there: int = 0
    taken_down: int = 0
    last: str = ""
    set_aside: int = 0
    other_language: int = 0
    passed: int = 0


class Reading(NamedTuple):
    """How a shard is read: functions that another process finds by their names.

    `of` says in a word what else than the content decides which articles come out.
    """

    parts: Callable[[Part], Iterator[Found]]
    content: Callable[[Part], Iterator[bytes]]
    code: Callable[[Article | Failure], Coded]
    standings: Callable[[Sequence[Article]], Sequence[Standing]] | None = None
    of: str = ""


@dataclass(frozen=True)
class ShardWork:
    """Codes shards into a ledger; `run` is a mark of the run, of which tries are counted."""

    folder: Path
    run: str
    reading: Reading

    def __call__(self, shard: Shard) -> ShardOutcome:
        """Code a shard, unless it is done; what cannot be done of it is said in what it gives."""
        try:
            key = self._key(shard)
        except OSError as error:
            return _failed(shard, "", f"cannot be read ({error.strerror or error})")
        try:
            return self._coded(shard, key)
        except OSError as error:
            reason = f"{error.filename or self.folder}: {error.strerror or error}"
            return ShardOutcome(shard=shard, key=key, state="stopped", reason=reason)

    def _key(self, shard: Shard) -> str:
        """Give the hash of what is read: the bytes, where they stand in which kind of file, and how it is read."""
        known = hashlib.sha256(self.reading.of.encode())
        for part in shard.parts:
            name = Path(part.path).name
            known.update(
                f"\0{name}\0{part.start}\0{part.lines}\0{part.encoding}\0".encode("utf-8", "replace")
            )
            for piece in self.reading.content(part):
                known.update(piece)
        return known.hexdigest()

    def _coded(self, shard: Shard, key: str) -> ShardOutcome:
        if place(self.folder, key, "done").exists():
            return ShardOutcome(shard=shard, key=key, state="kept")
        result = place(self.folder, key, "jsonl.gz")
        if result.exists():
            return ShardOutcome(shard=shard, key=key, state="coded")
        tries = Tries(place(self.folder, key, "tries"), self.run)
        if tries.count >= MOST_TRIES:
            reason = f"given up: {tries.count} worker processes died at it"
            return _failed(shard, key, f"{reason} (killed, or out of memory)")
        with tries:
            self._write(result, self._lines(shard, tries))
        return ShardOutcome(shard=shard, key=key, state="coded")

    def _lines(self, shard: Shard, tries: Tries) -> Iterator[Line]:
        there = taken_down = passed = 0
        aside: Counter[str] = Counter()
        last = ""
        deadly = tries.deadly()
        for number, item, standing in self._looked_up(self._items(shard, tries, deadly)):
            if isinstance(item, SetAside):
                aside[item.why] += 1
            elif standing == "new":
                tries.at(number)
                skipped = number in deadly
                passed += skipped or -number in deadly
                coded = _passed_over(item) if skipped else self.reading.code(item)
                yield Line(coded, **({"article": item} if isinstance(item, Article) else {"failure": item}))
            elif standing == "there":
                there, last = there + 1, item.id if isinstance(item, Article) else ""
            else:
                taken_down += 1
        yield Line(
            there=there,
            taken_down=taken_down,
            last=last,
            set_aside=aside["words"],
            other_language=aside["language"],
            passed=passed,
        )

    def _items(self, shard: Shard, tries: Tries, deadly: Set[int]) -> Iterator[tuple[int, Found]]:
        """Give what is read with its number, from 1, up to where workers died while they read on."""
        items = itertools.chain.from_iterable(map(self.reading.parts, shard.parts))
        for number in itertools.count(1):
            if -number in deadly:
                reason = f"{shard.name}: the rest was not read: {MOST_DEATHS} worker processes died at what comes next"
                yield number, Failure(shard.name, "read", reason)
                return
            tries.at(-number)
            if (item := next(items, None)) is None:
                return
            yield number, item

    def _looked_up(self, items: Iterator[tuple[int, Found]]) -> Iterator[tuple[int, Found, Standing]]:
        if self.reading.standings is None:
            yield from ((number, item, "new") for number, item in items)
            return
        while group := list(itertools.islice(items, _LOOKED_UP)):
            articles = [item for _, item in group if isinstance(item, Article)]
            stands = iter(self.reading.standings(articles))
            for number, item in group:
                yield number, item, next(stands) if isinstance(item, Article) else "new"

    def _write(self, path: Path, lines: Iterable[Line]) -> None:
        temporary = beside(path)
        encoder = msgspec.json.Encoder()
        try:
            with temporary.open("wb") as file:
                with gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as packed:
                    for line in lines:
                        packed.write(encoder.encode(line) + b"\n")
                sync(file)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def coded_lines(path: Path) -> Iterator[Line]:
    """Give what was coded of a shard, line by line; raises `OSError` and `msgspec.MsgspecError`."""
    decoder = msgspec.json.Decoder(Line)
    with gzip.open(path, "rb") as file:
        yield from map(decoder.decode, file)


def _passed_over(item: Article | Failure) -> Coded:
    name = item.id if isinstance(item, Article) else item.article
    reason = f"{name}: passed over: {MOST_DEATHS} worker processes died at it (killed, or out of memory)"
    return Coded(id=name, failures=(Failure(name, _STAGE, reason),))


def _failed(shard: Shard, key: str, reason: str) -> ShardOutcome:
    return ShardOutcome(shard=shard, key=key, state="failed", reason=f"{shard.name}: {reason}")
