"""What a release says to people: what it holds, how it was made, what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rallybook.model.keeping import Holdings
from rallybook.publishing.provenance import attributed, left_out

_FILLED = """\
# {title}

Released on {day} with rallybook {version}, codebook {codebook}. {events:,} protest events; the book behind them has
{articles:,} articles of {sources:,} sources, of which {no_event:,} tell no event.

## Files

{files}

`datapackage.json` describes each table column by column (Frictionless data package). `sha256sum -c checksums.sha256`
tells whether the files are whole. Tables are CSV by RFC 4180 in UTF-8. Text that a spreadsheet would run as a formula
has an apostrophe before it. The code of Namibia is NA: in R, `read.csv("events.csv", na.strings = "")`; in pandas,
`keep_default_na=False`.

## What an event is

A collective public act with a claim, at one place on one day or over one unbroken span of days. `status` says whether
it took place. Values are what articles tell: a program read them, so each has errors, and `confidence` is the
probability that a record is an event. Ids stay from release to release.

## How it was made

Events: {filters}. Read by: {coders}. `coverage.csv` counts for the whole book what each source published in each
month.
{changed}
## What is left out

Articles, and the words quoted from them: `reports.csv` has the address of each article and where in its text the proof
stands. People who merely took part are named in no field. Who judged what is not told.{withheld}

## Licence

{licence}

Names of places and coordinates: GeoNames, https://www.geonames.org/, CC BY 4.0.
{attributed}"""


def readme(package: Mapping[str, Any], holdings: Holdings, changed: Mapping[str, int], licence: str) -> str:
    """Give the text for people; `changed` has the number of changes of each kind."""
    facts = package["rallybook"]
    files = "\n".join(f"- `{file['path']}`: {file['description']}" for file in package["resources"])
    listed = ", ".join(f"{number:,} {change}" for change, number in changed.items()) or "nothing"
    return _FILLED.format(
        title=package["title"],
        day=package["created"][:10],
        version=facts["version"],
        codebook=facts["codebook"],
        events=facts["events"],
        articles=sum(one.articles for one in holdings.coverage),
        no_event=sum(one.no_event for one in holdings.coverage),
        sources=len({one.source for one in holdings.coverage if one.articles}),
        files=files,
        filters=", ".join(f"{name} {_said(value)}" for name, value in facts["filters"].items())
        or "all of the book",
        coders="; ".join(facts["coders"]) or "nobody",
        changed=f"Since the release before: {listed} (`changes.csv`).\n" if facts["before"] else "",
        licence=licence,
        withheld=_after(" ", left_out(facts.get("withheld", {}).get("rows", {}), _events(facts))),
        attributed=_after("\n", attributed(facts.get("rows", {})), "\n"),
    )


def _events(facts: Mapping[str, Any]) -> int:
    return int(facts.get("withheld", {}).get("events", 0))


def _after(before: str, words: str, after: str = "") -> str:
    return f"{before}{words}{after}" if words else ""


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name} {part}" for name, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
