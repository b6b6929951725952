"""Fit the weights by which head counts, responses and casualties are given to acts.

    RALLYBOOK_DATA=../shared/data python bench/fit_measures.py [--write]

The coder's acts are paired with the labelled records of the same article; a mention belongs to an act where
its record tells that value. Prints, for each measure, how often it is right over the pairs whose record or
act tells it, in a five-fold cross-validation (folds by article), and how often it could be with the mentions
that are found. `--write` fits on everything and puts the weights into the codebook. Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from arguments import DATA
from rallybook.coding import records as recording
from rallybook.coding.assemble import Act
from rallybook.coding.clues import Clue
from rallybook.coding.estimates import all_joined
from rallybook.coding.event_date import Dated
from rallybook.coding.event_place import Located
from rallybook.coding.measure_marks import Surroundings, Told
from rallybook.coding.measures import Held, Measures, measured, measures_of, winners
from rallybook.coding.pipeline import EventCoder
from rallybook.coding.scene import Scene
from rallybook.coding.weighing import MEASURES, Bounds, Measure, section
from rallybook.evaluation.fields import fields
from rallybook.evaluation.labelled import Labelled
from rallybook.evaluation.pairing import pairs
from rallybook.model.article import Article
from rallybook.model.mention import Trigger
from rallybook.model.record import Form, Harm, Record, Response, Size, Status
from rallybook.model.values import Place, Range
from sparse_fit import fitted, quoted

FILES, MORE = ("train", "written"), ("stories",)  # measured on the first, fitted on all
WEIGHTS = Path(__file__).parents[1] / "src/rallybook/codebook/data/measure_weights.yaml"
PULL = 2.0
ABOVE, BESIDE = (-2.5, -2.0, -1.5, -1.0, -0.7, -0.4, 0.0, 0.5), (0.0, 0.5, 1.0, 2.0, 4.0)
ANY = Bounds(0.5, 99.0)
Weights, Limits = dict[str, float], dict[Measure, Bounds]


class Link(NamedTuple):
    """A mention and one act that it may belong to; `right` is None where the act stands for no record."""

    told: Told
    act: int
    marks: tuple[str, ...]
    right: dict[Measure, bool] | None


class Case(NamedTuple):
    """An article: the records of the coder's acts, the gold one of each, and all links."""

    file: str
    article: str
    fold: int
    records: tuple[Record, ...]
    gold: dict[int, Labelled]
    links: list[list[Link]]

    def all_links(self) -> Iterator[Link]:
        """Give the links of all mentions."""
        return itertools.chain.from_iterable(self.links)


class GoldAct(NamedTuple):
    """A labelled record in the form of an act: what the coder would see if it found the acts as people do."""

    clues: tuple[Clue, ...]
    place: Place | None
    edtf: str
    form: Form
    told: Status

    def status(self, _: dt.date | None) -> Status:
        """Give the status as labelled."""
        return self.told


def cases(file: str, *, ideal: bool = False) -> list[Case]:
    """Give the cases of a file of labelled articles, with the coder's acts or (`ideal`) with the labelled ones."""
    coder, caught = EventCoder(), list[tuple[Scene, tuple[Act, ...]]]()
    plain = recording.measures

    def catch(scene: Scene, acts: Sequence[Act]) -> tuple[Measures, ...]:
        caught.append((scene, tuple(acts)))
        return plain(scene, acts)

    recording.measures = catch  # the coder's own acts, however it comes by them
    found = []
    with (DATA / f"{file}.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            caught.clear()
            day = row.get("published")
            article = Article(
                id=row["id"],
                text=row["text"],
                title=row.get("title") or "",
                published=dt.date.fromisoformat(day[:10]) if day else None,
            )
            told = coder.code(article).events
            if told and caught:
                scene, acts = caught[-1]
                found.append(_ideal(file, row, scene) if ideal else _case(file, row, told, scene, acts))
    recording.measures = plain
    return found


def _case(
    file: str, row: dict[str, Any], told: tuple[Record, ...], scene: Scene, acts: tuple[Act, ...]
) -> Case:
    events = [msgspec.convert(event, Labelled) for event in row["events"]]
    shown = [labelled(record) for record in told]
    gold = {act: events[n] for n, act in pairs(events, shown) if not events[n].optional}
    return Case(file, row["id"], zlib.crc32(row["id"].encode()) % 5, told, gold, links(scene, acts, gold))


def _ideal(file: str, row: dict[str, Any], scene: Scene) -> Case:
    events, acts = [], []
    for event in row["events"]:
        act = _gold_act(scene, event)
        if act is not None:
            events.append(msgspec.convert(event, Labelled))
            acts.append(act)
    told = tuple(Record(id="", form=act.form, status=act.told, focus="focal", umbrella=False) for act in acts)
    gold = dict(enumerate(events))
    return Case(file, row["id"], zlib.crc32(row["id"].encode()) % 5, told, gold, links(scene, acts, gold))


def _gold_act(scene: Scene, event: dict[str, Any]) -> GoldAct | None:
    at = scene.text.find(event["quote"])
    inside = event["quote"].find(event["trigger"])
    if at < 0 or inside < 0 or not event["trigger"]:
        return None
    start = at + inside
    trigger = Trigger(
        start=start, end=start + len(event["trigger"]), text=event["trigger"], form=event["form"], verbal=True
    )
    told = event["place"]
    place = None
    if told["lat"] is not None:
        place = Place(
            name=told["name"],
            country=told["country"],
            lat=told["lat"],
            lon=told["lon"],
            precision=told["precision"],
        )
        named = [t.place for t in scene.toponyms if t.place is not None and _close_by(t.place, place)]
        place = msgspec.structs.replace(place, name=named[0].name) if named else place
    clue = Clue(trigger, scene.sentence_at(start), event["status"], Located(None), Dated(""))
    return GoldAct((clue,), place, event["date"]["edtf"], event["form"], event["status"])


def _close_by(one: Place, other: Place) -> bool:
    return abs(one.lat - other.lat) + abs(one.lon - other.lon) < 0.3


def links(scene: Scene, acts: Sequence[Act | GoldAct], gold: dict[int, Labelled]) -> list[list[Link]]:
    """Give for each mention its links to the acts that it may belong to."""
    around = Surroundings(scene, acts)  # type: ignore[arg-type]
    mentions = all_joined(scene.text, scene.head_counts, scene.responses) if acts else []
    return [
        [
            Link(mention, act, marks, right(mention, gold[act]) if act in gold else None)
            for act, marks in around.pairs(mention)
        ]
        for mention in mentions
    ]


def labelled(record: Record) -> Labelled:
    """Give a record of the coder in the form of a labelled one."""
    return msgspec.convert(msgspec.to_builtins(record), Labelled)


def right(told: Told, gold: Labelled) -> dict[Measure, bool]:
    """Tell for each measure that a mention may give whether the gold record has it."""
    found: dict[Measure, bool] = {}
    for measure in measures_of(told):
        if measure in ("response", "presence"):
            found[measure] = told.action in ((gold.response and gold.response.actions) or ())  # type: ignore[union-attr]
        else:
            found[measure] = _tells(told.count, gold, measure)
    return found


def _tells(count: Range, gold: Labelled, measure: Measure) -> bool:
    """Tell whether a count is the gold one, or one end of it."""
    given = {
        "size": gold.size,
        "arrests": gold.response and gold.response.arrests,
        "injured": gold.harm and gold.harm.injured,
        "killed": gold.harm and gold.harm.killed,
    }[measure]
    if not given or (given.low is None and given.high is None):
        return False
    if _close(count.low, given.low) and _close(count.high, given.high):
        return True
    return given.low != given.high and count.low == count.high and count.low in (given.low, given.high)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.1 * max(abs(one), abs(other), 1)


def fit(chosen: list[Case], measure: Measure) -> Weights:
    """Give the weights of a measure, fitted together with those that share them."""
    alike = [other for other in MEASURES if section(other) == section(measure)]
    return fitted(
        [
            (link.marks, link.right[other], case.article)
            for case in chosen
            for link in case.all_links()
            for other in alike
            if link.right is not None and other in link.right
        ],
        pull=PULL,
    )


def figures(chosen: list[Case], odds: dict[int, float], measure: Measure, limits: Limits) -> list[float]:
    """Give how right the measure is for each pair that tells it, where `odds` are those of the links by their id."""
    field = "response" if measure == "presence" else measure
    alike = [other for other in MEASURES if other == measure or {other, measure} == {"response", "presence"}]
    values: list[float] = []
    for case in chosen:
        held: dict[int, Held] = defaultdict(dict)
        for mention in case.links:
            for other in set(alike) & set(measures_of(mention[0].told)):
                for act, score in winners([(link.act, odds[id(link)]) for link in mention], limits[other]):
                    held[act].setdefault(other, []).append((score, mention[0].told))
        for act, gold in case.gold.items():
            told = measured(held[act])
            shown = msgspec.structs.replace(
                case.records[act],
                size=Size("", told.size.low, told.size.high),
                response=Response(told.actions, told.arrests),
                harm=Harm(told.injured, told.killed),
            )
            value = fields(gold, labelled(shown)).get(field)
            if value is not None:
                values.append(value)
    return values


def mean(values: list[float]) -> float:
    return sum(values) / max(len(values), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the weights into the codebook")
    options = parser.parse_args()
    coded = [case for file in FILES + MORE for case in cases(file)]
    ideal = [case for file in FILES + MORE for case in cases(file, ideal=True)]
    known = coded + ideal
    limits: Limits = dict.fromkeys(MEASURES, Bounds(0.0, 2.0))
    for measure in MEASURES:
        folds = [fit([case for case in known if case.fold != k], measure) for k in range(5)]
        odds = {id(link): weighed(link, folds[case.fold]) for case in known for link in case.all_links()}
        measured_on = [case for case in known if case.file in FILES]
        by_bounds = {
            pair: mean(figures(measured_on, odds, measure, {**limits, measure: pair}))
            for pair in itertools.starmap(Bounds, itertools.product(ABOVE, BESIDE))
        }
        limits[measure] = max(by_bounds, key=lambda pair: by_bounds[pair])
        print(
            f"{measure:9s} {tuple(limits[measure])}  {summary(coded, ideal, odds, measure, limits)}",
            flush=True,
        )
    if options.write:
        write({section(measure): fit(known, measure) for measure in ("size", "response", "arrests")}, limits)


def weighed(link: Link, weights: Weights) -> float:
    return sum(weights.get(mark, 0.0) for mark in link.marks)


def summary(
    coded: list[Case], ideal: list[Case], odds: dict[int, float], measure: Measure, limits: Limits
) -> str:
    """Give the figures on each file with the coder's acts and with the labelled ones, and the best there can be."""
    alike = [other for other in MEASURES if section(other) == section(measure)]
    shown = []
    for name, group in (("coded", coded), ("ideal", ideal)):
        files = [[case for case in group if case.file == file] for file in FILES]
        got = [mean(figures(cases, odds, measure, limits)) for cases in files]
        known = [case for cases in files for case in cases]
        best = {
            id(link): float(any((link.right or {}).get(other, False) for other in alike))
            for case in known
            for link in case.all_links()
        }
        most = mean(figures(known, best, measure, dict.fromkeys(MEASURES, ANY)))
        shown.append(f"{name} {got[0]:.3f} {got[1]:.3f} at best {most:.3f}")
    return "   ".join(shown)


def write(found: dict[str, Weights], limits: Limits) -> None:
    lines = ["# Log odds that a count or response with this mark belongs to the act (bench/fit_measures.py)."]
    lines.append("bounds:")
    lines += [f"  {m}: {{above: {pair.above}, beside: {pair.beside}}}" for m, pair in limits.items()]
    for name, weights in found.items():
        lines += [f"{name}:", *(f"  {quoted(mark)}: {w:.2f}" for mark, w in sorted(weights.items()))]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
