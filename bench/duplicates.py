"""Measure how the same text is known again: copies and newer versions among articles, beside all pairs by Jaccard.

    python bench/duplicates.py [labelled/linked.jsonl] [--others labelled/articles.jsonl]

As written: the articles of linked.jsonl, of which three pairs are one text by their making (`_COPIES`; two wire copies, one
update). Altered: beside them each article that has at least 60 words once more, changed as desks change what they get; a pair
is right where both come of one article. `--others` are articles that were all written apart, so that each pair found among them is wrong.

- rallybook: MinHash, then the exact share of the shorter text (`linking.duplicates`)
- Jaccard: the exact index of runs of four words of all pairs, from .5 on; O(n²)
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from rallybook.evaluation.linkage import harmonic
from rallybook.evaluation.linked import load_linked
from rallybook.linking.duplicates import copies
from rallybook.model.article import Article

Pair = tuple[str, str]
_COPIES = {("l002", "l003"), ("l106", "l107"), ("l122", "l123")}
_JACCARD, _RUN, _FEWEST_WORDS = 0.5, 4, 60
_WORD = re.compile(r"\w+")


def dated(text: str, _: random.Random) -> str:
    """Another dateline and a last line of the desk."""
    return f"OUR CORRESPONDENT, with agencies. {text}\n\nReporting by staff; editing by the night desk."


def cut(text: str, _: random.Random) -> str:
    """The first half."""
    return text[: len(text) // 2]


def reworded(text: str, chance: random.Random) -> str:
    """Every twelfth word, about, is another."""
    return re.sub(r"\w+", lambda word: "different" if chance.random() < 1 / 12 else word[0], text)


def updated(text: str, chance: random.Random) -> str:
    """Numbers changed and two sentences added in front; of the same source, a day later."""
    counted = re.sub(r"\d+", lambda _: str(chance.randrange(10, 5000)), text)
    return f"The figures were corrected on the following day. The mayor has declined to comment so far. {counted}"


def halved(text: str, chance: random.Random) -> str:
    """Half of the sentences, at random; of the same source, a day later."""
    parts = re.split(r"(?<=[.!?]) ", text)
    kept = sorted(chance.sample(range(len(parts)), max(len(parts) // 2, 1)))
    return " ".join(parts[n] for n in kept)


_CHANGES: dict[str, tuple[Callable[[str, random.Random], str], bool]] = {
    "another dateline, a last line": (dated, False),
    "the first half": (cut, False),
    "one word in twelve another": (reworded, False),
    "numbers changed, two sentences more": (updated, True),
    "half of the sentences": (halved, True),
}


def ours(articles: Sequence[Article]) -> set[Pair]:
    return {pair for group in copies(articles) for pair in combinations(sorted(group.articles), 2)}


def of_jaccard(articles: Sequence[Article]) -> set[Pair]:
    runs = {article.id: _runs(article.text) for article in articles}
    return {
        (min(pair), max(pair))
        for pair in combinations(runs, 2)
        if len(runs[pair[0]] & runs[pair[1]]) >= _JACCARD * len(runs[pair[0]] | runs[pair[1]])
    }


def _runs(text: str) -> frozenset[str]:
    found = _WORD.findall(text.lower())
    return frozenset(" ".join(found[n : n + _RUN]) for n in range(max(len(found) - _RUN + 1, 1)))


WAYS: dict[str, Callable[[Sequence[Article]], set[Pair]]] = {
    "rallybook": ours,
    "Jaccard, all pairs": of_jaccard,
}


def altered(articles: Iterable[Article], change: str) -> list[Article]:
    alter, own = _CHANGES[change]
    made = []
    for one in articles:
        if one.published is None or len(_WORD.findall(one.text)) < _FEWEST_WORDS:
            continue
        made.append(
            msgspec.structs.replace(
                one,
                id=f"{one.id}+",
                text=alter(one.text, random.Random(one.id)),
                source=one.source if own else "Another Paper",
                published=one.published + dt.timedelta(days=1),
            )
        )
    return made


def line(case: str, articles: Sequence[Article], real: set[Pair]) -> None:
    """Print a row of the table for each way."""
    for name, way in WAYS.items():
        start = time.process_time()
        found = way(articles)
        rate = len(articles) / (time.process_time() - start)
        right = len(found & real)
        precision, recall = right / len(found) if found else 1.0, right / len(real) if real else 1.0
        figures = f"{precision:.3f} | {recall:.3f} | {harmonic(precision, recall):.3f}"
        print(f"| {case}, {len(real)} | {name} | {figures} | {len(found - real)} | {rate:,.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, nargs="?", default=Path("labelled/linked.jsonl"))
    parser.add_argument("--others", type=Path, default=Path("labelled/articles.jsonl"))
    options = parser.parse_args()
    written = [one.article for one in load_linked(options.data)]
    print("| texts, pairs | way | P | R | F1 | wrong | articles/s |\n|---|---|---|---|---|---|---|")
    line("as written", written, _COPIES)
    firsts = [one for one in written if one.id not in {second for _, second in _COPIES}]
    for change in _CHANGES:
        again = altered(firsts, change)
        line(change, [*firsts, *again], {(one.id.removesuffix("+"), one.id) for one in again})
    rows = map(json.loads, options.others.read_text("utf-8").splitlines())
    line("written apart", [Article(id=row["id"], text=row["text"]) for row in rows], set())


if __name__ == "__main__":
    main()
