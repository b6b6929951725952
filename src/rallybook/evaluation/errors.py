"""A browser of errors: grouped by cause, what was to be found beside what was read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rallybook.evaluation.labelled import Labelled, LabelledRange, lines
from rallybook.evaluation.records_score import Match
from rallybook.publishing.excerpts import around

CAUSES = ("place", "date", "status", "form", "missed", "invented")
# the whole-record measure forgives forms that may be called by each other's name
_CAUSE_OF = {"kind": "form"}
_LABEL_WIDTH, _VALUE_WIDTH = 10, 50
_CONTEXT, _QUOTE = 80, 300


def causes(match: Match) -> tuple[str, ...]:
    """Give the causes for which a match is an error; none for one that is right."""
    return tuple(_CAUSE_OF.get(name, name) for name in match.wrong)


def summary(articles: Iterable[Iterable[Match]]) -> Counter[str]:
    """Count the errors by cause; a record with two wrong fields counts for both."""
    return Counter(cause for article in articles for match in article for cause in causes(match))


def errors(articles: Iterable[Iterable[Match]], cause: str | None = None) -> Iterator[Match]:
    """Give the matches that are errors, of one cause where it is named."""
    for article in articles:
        for match in article:
            found = causes(match)
            if found and (cause is None or cause in found):
                yield match


def texts(path: Path) -> dict[str, str]:
    """Give the texts of a file of articles by id; raises `InputError` for a file that cannot be read."""
    found: dict[str, str] = {}
    for _, line in lines(path):
        try:
            article = json.loads(line)
        except ValueError:
            continue
        if isinstance(article, dict) and "id" in article:
            found[str(article["id"])] = str(article.get("text") or "")
    return found


def described(match: Match, text: Mapping[str, str]) -> str:
    """Give an error on a few lines: cause, article, gold and predicted values side by side, the words."""
    found = causes(match)
    rows = [f"{', '.join(found)}  ·  {match.article}"]
    gold, predicted = _values(match.gold), _values(match.predicted)
    rows.append(f"  {'':<{_LABEL_WIDTH}}{'gold':<{_VALUE_WIDTH}}  predicted")
    for name in gold:
        one, other = gold[name], predicted[name]
        if one or other:
            mark = "≠" if match.fields.get("kind" if name == "form" else name, 1.0) < 1 else " "
            rows.append(f"{mark} {name:<{_LABEL_WIDTH}}{_cut(one):<{_VALUE_WIDTH}}  {_cut(other)}".rstrip())
    return "\n".join(rows + _quotes(match, text.get(match.article, "")))


def _quotes(match: Match, text: str) -> list[str]:
    """Give the quotes of both sides in their context; one that both have is given once."""
    sides = {"gold": match.gold, "predicted": match.predicted}
    found = {side: in_context(record, text) for side, record in sides.items() if record and record.quote}
    if len(found) > 1 and len(set(found.values())) == 1:
        return [f"  both: {found['gold']}"]
    return [f"  {side}: {words}" for side, words in found.items()]


def in_context(record: Labelled, text: str) -> str:
    """Give a record's quote with the words before and after it in the text, the quote itself in brackets."""
    words, trigger = (" ".join((part or "").split()) for part in (record.quote, record.trigger))
    quote, _ = around(words, trigger, _QUOTE)
    at = text.find(record.quote or "")
    if at < 0 or not text:
        return f"“{quote}”"
    end = at + len(record.quote or "")
    before, after = text[max(0, at - _CONTEXT) : at], text[end : end + _CONTEXT]
    return " ".join(f"…{before}[{quote}]{after}…".split())


def _values(record: Labelled | None) -> dict[str, str]:
    record = record or Labelled()
    site, size = record.site, record.size or LabelledRange()
    where = ", ".join(filter(None, (site.name, site.country, site.precision)))
    at = f" ({site.lat:.2f} {site.lon:.2f})" if site.lat is not None and site.lon is not None else ""
    return {
        "form": record.form or "",
        "status": record.status or "",
        "focus": f"{record.focus or ''}{' umbrella' if record.umbrella else ''}",
        "date": record.edtf
        + (f"  also {', '.join(record.also.date)}" if record.also and record.also.date else ""),
        "place": where + at,
        "size": "" if size.low is None and size.high is None else f"{size.low}–{size.high}",
        "trigger": record.trigger or "",
    }


def _cut(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= _VALUE_WIDTH else value[: _VALUE_WIDTH - 1] + "…"
