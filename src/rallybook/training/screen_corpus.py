"""Articles with and without protests, for the gate before coding."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rallybook.coding.triggers import triggers
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.mention import Trigger
from rallybook.model.reading import Reading
from rallybook.training.corpus import fold_of, labelled
from rallybook.training.rows import Row, rows
from rallybook.training.wire import EVENT_PLACE, GMB, unlabelled

_OTHER_NEWS = {"geovirus": "places/geovirus", "muc": "records_muc/dev"}
# sentences joined into texts of an article's length, as the sets give them alone
_JOINED = 12
# the stories name their countries by such marks
_BLANK = re.compile(r"\{[a-z]+_\d\}")


class Text(NamedTuple):
    """A text, the mentions of acts in it, whether it tells a protest, and which of the mentions do."""

    file: str
    name: str
    text: str
    found: tuple[Trigger, ...]
    protest: bool
    told: tuple[int, ...]

    @property
    def fold(self) -> int:
        """The part of the corpus that the text belongs to in a cross-validation."""
        return fold_of(self.name)

    @property
    def strong(self) -> bool:
        """Tell whether a word in it says protest by itself."""
        return any(mention.strong for mention in self.found)


def learnt(data: Path) -> Iterator[Text]:
    """Give the texts of the sets that may decide weights, from the folder that holds all sets."""
    for file, row in labelled(data):
        yield recorded(file, row)
    for number, row in enumerate(rows(data / "types" / "ngec_synthetic.jsonl")):
        text = _BLANK.sub("Ruritania", row["text"])
        yield _labelled("ngec", f"ngec{number}", text, row["label"] == "PROTEST")
    for row in rows(data / "types" / "plover_gsr.jsonl"):
        if row.get("text"):
            yield _labelled("plover", row["id"], row["text"], row["event"] == "PROTEST")
    for name, path in _OTHER_NEWS.items():
        for number, row in enumerate(rows(data / f"{path}.jsonl")):
            yield _labelled(name, str(row.get("id", number)), row["text"], False)
    for name in (EVENT_PLACE, GMB):
        yield from _joined(name, unlabelled(data, name))
    pages: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "ner" / "wikigold.jsonl"):
        pages[str(row["doc"])].append(" ".join(row["tokens"]))
    for page, sentences in pages.items():
        yield _labelled("wikigold", f"wikigold{page}", " ".join(sentences), False)


def recorded(file: str, row: Row) -> Text:
    """Give a labelled article."""
    reading = read(Article(id=row["id"], text=row["text"]))
    found = triggers(reading.text)
    told = tuple(_tellers(reading, found, row["events"]))
    return Text(file, row["id"], reading.text, found, bool(row["events"]), told)


def _labelled(file: str, name: str, text: str, protest: bool) -> Text:
    """Give a text of which it is known only whether it tells a protest: its first two strong mentions do then."""
    text = read(Article(id=name, text=text)).text
    found = triggers(text)
    told = [n for n, mention in enumerate(found) if mention.strong][:2] if protest else []
    return Text(file, name, text, found, protest, tuple(told))


def _joined(file: str, sentences: Sequence[str]) -> Iterator[Text]:
    for at in range(0, len(sentences), _JOINED):
        text = " ".join(sentences[at : at + _JOINED])
        # named by what it says: which sentences stand together hangs on what has been labelled
        yield _labelled(file, f"{file} {zlib.crc32(text.encode()):08x}", text, False)


def _tellers(reading: Reading, found: Sequence[Trigger], events: Iterable[Row]) -> list[int]:
    """Give the mentions that meet the trigger words of a record, or else all that stand in its quote."""
    spans = [reading.span(mention.start, mention.end) for mention in found]
    told: set[int] = set()
    for event in events:
        quote, words = event.get("quote") or "", event.get("trigger") or ""
        at = reading.article.text.find(quote) if quote else -1
        if at < 0:
            continue
        inside = [n for n, span in enumerate(spans) if at <= span.start and span.end <= at + len(quote)]
        first = reading.article.text.find(words, at, at + len(quote)) if words else -1
        last = first + len(words)
        hit = [n for n in inside if first >= 0 and spans[n].start < last and spans[n].end > first]
        told.update(hit or inside)
    return sorted(told)
