"""How much damaged text costs: the same articles in lower case, without quotes, with tokenised punctuation.

    RALLYBOOK_DATA=../shared/data python bench/damage.py

Codes `dev` and `dev_written` as given and in three damaged forms, and scores each against the same labels (which hold
no positions; quotes are compared as bags of lower-cased words). Target: detect, record and focal record no more than
0.08 below those of the text as given.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from rallybook.api import coder, read
from rallybook.evaluation.labelled import as_labelled, load
from rallybook.evaluation.records_score import score
from rallybook.model.article import Article

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "protest_records"
SETS = ("dev", "dev_written")
_QUOTES = re.compile("[\"“”„«»‘`´]|(?<![A-Za-z])['’]|['’](?![A-Za-z])")
_APART = re.compile(r"(?<=\w)(?P<mark>[.,;:!?)(%$]|['’](?=[a-z]+\b))(?=\s|$|[a-z]|\))")


def lower(text: str) -> str:
    """Give a text without capitals."""
    return text.lower()


def tokenised(text: str) -> str:
    """Give a text without quotation marks, with a space before each sign, as some corpora come."""
    return _APART.sub(lambda match: f" {match['mark']}", _QUOTES.sub("", text))


def both(text: str) -> str:
    """Give a text with both damages."""
    return lower(tokenised(text))


DAMAGES: dict[str, Callable[[str], str]] = {
    "as given": str,
    "lower case": lower,
    "no quotes, signs apart": tokenised,
    "both": both,
}


def main() -> None:
    print("| set | text | detect | record | focal record |\n|---|---|---|---|---|")
    for name in SETS:
        gold = load(DATA / f"{name}.jsonl")
        articles = list(read(DATA / f"{name}.jsonl"))
        for damage, spoil in DAMAGES.items():
            told = {
                one.id: tuple(as_labelled(event) for event in coder().code(_spoilt(one, spoil)).events)
                for one in articles
            }
            found = score(gold, told)
            print(
                f"| {name} | {damage} | {found.detect.F1:.3f} | {found.record.F1:.3f} | {found.focal_record.F1:.3f} |"
            )


def _spoilt(article: Article, spoil: Callable[[str], str]) -> Article:
    return msgspec.structs.replace(article, text=spoil(article.text), title=spoil(article.title))


if __name__ == "__main__":
    main()
