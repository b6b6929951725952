"""Measure on ECB+ which documents tell one incident: the linker's comparison beside lemma baselines.

    RALLYBOOK_DATA=... python bench/ecbplus.py

ECB+ (Cybulska and Vossen 2014) is news of awards, arrests, takeovers, earthquakes and games, hardly a protest among
them, so that the coder reads no records in it, and its documents have no publication dates. What this shows is what
the comparison of places, days and words is worth on other news, not how well protests are linked. Of each document one
record is made by hand: its text as the quote, the place that its sentences name most often, a day where one is
written with its year; participants, aims, size, response, status and form, which weigh much among protests, are silent.

A pair of documents tells one incident where they share a chain of events that is no singleton. All pairs of the
development part are judged, those within a topic (two similar incidents each) apart. Bounds and the fitted weights come from the
training part; none of them is shipped. The sentences are the validated ones, one to eight a document, as in the usual set-up.

- lemma, gold triggers: the pair shares a lemma of the events that the annotators marked
- lemma, all words: from a share of the lemmas of the shorter document on that is best in the training part
- rallybook, as shipped: weight above 0 and no rule against it
- rallybook, fitted: the same comparisons, their weights by logistic regression over the training part
- rallybook, words: the theme comparison alone, as a share with the best bound
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from rallybook.api import ground
from rallybook.evaluation.linkage import harmonic
from rallybook.linking.comparison import Weights, compared, match_weight
from rallybook.linking.profiles import Profile, profile
from rallybook.linking.rules import cannot_link
from rallybook.model.article import Article
from rallybook.model.event import Report
from rallybook.model.record import EventDate, EventPlace, Record
from rallybook.model.values import FINE, WIDE
from rallybook.training.linkage import supervised

# of four word classes, the endings that English lemmas lose; irregular forms stay apart
_ENDING = re.compile(r"(?:ing|ed|es|s|er|ers|ion|ions)$")
_BOUNDS = [n / 100 for n in range(2, 60, 2)]
# of the pairs across topics as many as this train the fitted weights, so that the fit takes seconds
_EVERY = 40


class Document(NamedTuple):
    """A document: its topic, its chains of events, lemmas of triggers and of all words, and a record made of it."""

    topic: str
    chains: frozenset[str]
    triggers: frozenset[str]
    lemmas: frozenset[str]
    profile: Profile


Pair = tuple[Document, Document]
Judge = Callable[[Pair], bool]


def lemma(word: str) -> str:
    low = word.lower()
    return _ENDING.sub("", low) if len(low) > 4 else low


def document(row: dict[str, Any]) -> Document:
    text = " ".join(" ".join(sentence["tokens"]) for sentence in row["sentences"])
    text = re.sub(r" ([,.;:!?)]|'s\b|n't\b)", r"\1", text)
    events = [one for one in row["mentions"] if one["kind"] == "event"]
    return Document(
        topic=row["topic"],
        chains=frozenset(one["chain"] for one in events if not one["singleton"]),
        triggers=frozenset(lemma(one["text"].split()[-1]) for one in events),
        lemmas=frozenset(lemma(word) for word in re.findall(r"[^\W\d_]{3,}", text)),
        profile=profile(report(row["doc_id"], text)),
    )


def report(name: str, text: str) -> Report:
    found = ground(Article(id=name, text=text), ("places", "dates"))
    places = Counter(
        EventPlace(
            one.text, one.place.name, one.place.country, one.place.lat, one.place.lon, one.place.precision
        )
        for one in found.places or ()
        if one.place and one.place.precision in (*FINE, *WIDE)
    )
    written = [one.date.edtf for one in found.dates or ()]
    days = [edtf for edtf in written if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", edtf)]
    ranked = sorted(places, key=lambda one: (one.precision not in FINE, -places[one], one.text))
    record = Record(
        id=name,
        form="other",
        status="happened",
        focus="focal",
        umbrella=False,
        date=EventDate(days[0] if days else ""),
        place=ranked[0] if ranked else EventPlace(),
        quote=text,
    )
    return Report(record=record, article=name)


def one_incident(pair: Pair) -> bool:
    return bool(pair[0].chains & pair[1].chains)


def share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def by_share(words_of: Callable[[Document], frozenset[str]], bound: float) -> Judge:
    return lambda pair: share(words_of(pair[0]), words_of(pair[1])) >= bound


def by_weight(weights: Weights | None = None) -> Judge:
    def judged(pair: Pair) -> bool:
        one, other = pair[0].profile, pair[1].profile
        return not cannot_link(one, other) and match_weight(one, other, weights) > 0

    return judged


def scored(judge: Judge, pairs: Sequence[Pair]) -> tuple[float, float, float]:
    said = [judge(pair) for pair in pairs]
    real = [one_incident(pair) for pair in pairs]
    right = sum(a and b for a, b in zip(said, real, strict=True))
    precision, recall = right / max(sum(said), 1), right / max(sum(real), 1)
    return precision, recall, harmonic(precision, recall)


def best(words_of: Callable[[Document], frozenset[str]], pairs: Sequence[Pair]) -> float:
    return max(_BOUNDS, key=lambda bound: scored(by_share(words_of, bound), pairs)[2])


def fitted(pairs: Sequence[Pair]) -> Weights:
    near = [pair for n, pair in enumerate(pairs) if pair[0].topic == pair[1].topic or n % _EVERY == 0]
    rows = [
        (compared(one.profile, other.profile), one_incident((one, other)))
        for one, other in near
        if not cannot_link(one.profile, other.profile)
    ]
    return supervised(rows)


def pairs_of(name: str) -> list[Pair]:
    path = Path(os.environ["RALLYBOOK_DATA"]) / "linking" / f"ecbplus_{name}.jsonl"
    with path.open(encoding="utf-8") as lines:
        return list(combinations([document(json.loads(line)) for line in lines], 2))


def main() -> None:
    train, dev = pairs_of("train"), pairs_of("dev")
    within = [pair for pair in dev if pair[0].topic == pair[1].topic]
    lemmas, theme = best(lambda d: d.lemmas, train), best(lambda d: d.profile.theme, train)
    ways: dict[str, Judge] = {
        "lemma, gold triggers": lambda pair: bool(pair[0].triggers & pair[1].triggers),
        f"lemma, all words, from {lemmas}": by_share(lambda d: d.lemmas, lemmas),
        "rallybook, as shipped": by_weight(),
        "rallybook, fitted": by_weight(fitted(train)),
        f"rallybook, words, from {theme}": by_share(lambda d: d.profile.theme, theme),
    }
    print(f"{len(dev)} pairs, {sum(map(one_incident, dev))} of one incident; {len(within)} within a topic")
    print("| way | P | R | F1 | within a topic: P | R | F1 |\n|---|---|---|---|---|---|---|")
    for name, judge in ways.items():
        figures = (*scored(judge, dev), *scored(judge, within))
        print(f"| {name} | {' | '.join(f'{value:.3f}' for value in figures)} |", flush=True)


if __name__ == "__main__":
    main()
