"""Rules alone, networks alone, and both: what each design reads of the same articles.

    RALLYBOOK_DATA=../shared/data python bench/designs.py

"Networks alone" are the tagger and the reader of acts without word lists and without the linear models that choose:
an act is where the tagger sees one, its form, status and focus are the likeliest that the tagger sees, its place, day
and head count those mentions that the reader finds likeliest for it (from even odds on), its people and claims the
reader's stretches. Mentions are grounded by rules in all three: no network of ours counts or knows a calendar.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from rallybook.api import coder, read
from rallybook.coding.act_reader import ActReader
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.read_roles import read_arguments
from rallybook.coding.records import position
from rallybook.coding.scene import Scene, survey
from rallybook.coding.tagged import Tagged
from rallybook.coding.tagged_triggers import with_tagged
from rallybook.coding.tagger import Tagger
from rallybook.evaluation.labelled import Articles, Labelled, as_labelled, load
from rallybook.evaluation.records_score import score
from rallybook.grounding.reading import read as reading_of
from rallybook.grounding.sentences import sentences
from rallybook.model.article import Article
from rallybook.model.mention import Mention, Trigger
from rallybook.model.record import EventDate, EventPlace, Record, Size
from rallybook.model.values import WIDE

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "protest_records"
SETS = ("dev", "dev_written")
FIELDS = ("form", "status", "focus", "place", "date", "size", "participants", "organisers", "claims")
M = TypeVar("M", bound=Mention)


def main() -> None:
    print(f"| set | design | detect | record | focal record | {' | '.join(FIELDS)} |")
    print(f"|---|---|---|---|---|{'---|' * len(FIELDS)}")
    for name in SETS:
        gold = load(DATA / f"{name}.jsonl")
        articles = [one for one in read(DATA / f"{name}.jsonl") if isinstance(one, Article)]
        for design, told in designs(articles).items():
            found = score(gold, told)
            whole = (found.detect.F1, found.record.F1, found.focal_record.F1)
            values = [*whole, *(found.fields[field].mean for field in FIELDS)]
            print(f"| {name} | {design} | {' | '.join(f'{value:.3f}' for value in values)} |")


def designs(articles: Sequence[Article]) -> dict[str, Articles]:
    rules, both, networks = coder("rules"), coder(), Networks()
    return {
        "rules alone": {one.id: tuple(map(as_labelled, rules.code(one).events)) for one in articles},
        "networks alone": {one.id: tuple(networks.code(one)) for one in articles},
        "both": {one.id: tuple(map(as_labelled, both.code(one).events)) for one in articles},
    }


class Networks:
    """Codes articles by what the networks say alone."""

    def __init__(self) -> None:
        self._tagger, self._reader = Tagger(), ActReader()

    def code(self, article: Article) -> Iterator[Labelled]:
        """Give the records of an article."""
        reading = reading_of(article)
        tagged = self._tagger.read(reading.text, article.title, sentences(reading.text))
        scene = survey(reading, gazetteer(), tagged)
        seen: set[tuple[object, ...]] = set()
        for trigger in with_tagged(scene.text, (), tagged):
            if (tagged.act(trigger.start, trigger.end) or -1.0) < 0.0:
                continue
            record = self._record(scene, tagged, trigger)
            identity = (record.form, record.status, record.place, record.date)
            if identity not in seen:
                seen.add(identity)
                yield as_labelled(record)

    def _record(self, scene: Scene, tagged: Tagged, trigger: Trigger) -> Record:
        spot = (trigger.start, trigger.end)
        read_alone = self._reader.read(scene.text, scene.reading.article.title, scene.sentences, spot)
        toponym = likeliest([one for one in scene.toponyms if one.place], read_alone, "place")
        timex = likeliest(scene.timexes, read_alone, "date")
        count = likeliest(scene.head_counts, read_alone, "size")
        who = read_arguments(scene.text, read_alone)
        statuses, sentence = tagged.statuses(*spot), scene.sentence_at(trigger.start)
        place = toponym.place if toponym else None

        def words(stretches: Sequence[tuple[int, int]]) -> tuple[str, ...]:
            return tuple(scene.text[start:end] for start, end in stretches)

        return Record(
            id=f"{scene.reading.article.id} {trigger.start}",
            form=trigger.form,
            status=max(statuses, key=lambda status: statuses[status]),
            focus="focal" if (tagged.focal(*spot) or 0.0) > 0.0 else "background",
            umbrella=bool(place and place.precision in WIDE),
            date=EventDate(timex.date.edtf if timex else ""),
            place=position(place) if place else EventPlace(),
            size=Size("", count.count.low, count.count.high) if count else Size(),
            participants=words(who.participants),
            organisers=words(who.organisers),
            targets=words(who.targets),
            claims=words(who.claims),
            trigger=trigger.text,
            quote=scene.words(sentence),
        )


def likeliest(mentions: Sequence[M], read_alone: Tagged, role: str) -> M | None:
    """Give the mention that the reader finds likeliest in a role, if it does so with even odds."""
    told = {n: read_alone.most(role, one.start, one.end) for n, one in enumerate(mentions)}
    sure = {n: odds for n, odds in told.items() if odds is not None and odds >= 0.0}
    return mentions[max(sure, key=lambda n: sure[n])] if sure else None


if __name__ == "__main__":
    main()
