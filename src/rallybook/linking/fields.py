"""One value for each field of an event from the voices that tell it, by the rules of consolidation.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from rallybook.codebook.vocabulary import vocabulary
from rallybook.linking.days import Days, told_days
from rallybook.linking.headcounts import spanned
from rallybook.linking.voices import Choice, Consolidated, Voice, choices, rules
from rallybook.linking.words import words
from rallybook.model.distance import distance_km
from rallybook.model.edtf import bounds
from rallybook.model.event import Report
from rallybook.model.record import EventDate, EventPlace, Form, Harm, Record, Response
from rallybook.model.values import FINE, Range


def form(told: Sequence[Voice]) -> Consolidated:
    """Give the form with the most voices; the generic one yields to a more specific one that has enough."""
    rule, found = rules().form, choices(told, lambda report: report.record.form)
    chosen = found[0]
    if chosen.value == rule.generic:
        specific = (one for one in found[1:] if one.voices >= rule.share * chosen.voices)
        chosen = next(specific, chosen)
    return Consolidated(chosen.value, chosen.support)


def status(told: Sequence[Voice]) -> Consolidated:
    """Give the outcome with the most voices, then the latest; where there is none, what is expected or denied."""
    rule, found = rules().status, choices(told, lambda report: report.record.status)
    outcomes = [one for one in found if one.value in rule.outcomes]
    ranked = sorted(
        found, key=lambda one: rule.expected.index(one.value) if one.value in rule.expected else 0
    )
    chosen = (outcomes or ranked)[0]
    return Consolidated(chosen.value, chosen.support)


def date(told: Sequence[Voice], event_form: Form) -> Consolidated:
    """Give the days that fit the most voices, the fewest of these; of what lasts, from the first to the last told."""
    found = choices(told, lambda report: _closed(report.record))
    if not found:
        known = choices(told, lambda report: report.record.date.edtf or None)
        return _dated(told, known[0]) if known else Consolidated(EventDate(), ())
    if event_form in vocabulary().lasting:
        return _lasting_date(told)
    fitting = [
        (one, sum(other.voices for other in found if _within(one.value, other.value))) for one in found
    ]
    best = min(fitting, key=lambda pair: (-pair[1], pair[0].value.length, found.index(pair[0])))[0]
    edtf = choices(
        told, lambda report: report.record.date.edtf if _closed(report.record) == best.value else None
    )
    return _dated(told, edtf[0])


def _closed(record: Record) -> Days | None:
    span = bounds(record.date.edtf)
    return Days(span[0], span[1]) if span and span[0] and span[1] and span[0] <= span[1] else None


def _within(one: Days, other: Days) -> bool:
    return other.first <= one.first and one.last <= other.last


def _lasting_date(told: Sequence[Voice]) -> Consolidated:
    """Give the first day with the most voices, and the last one that is told from there."""
    # "since 1910" is no day of a strike
    spans = choices(told, lambda report: bounds(report.record.date.edtf) if told_days(report) else None)
    spans = spans or choices(told, lambda report: bounds(report.record.date.edtf))
    starts = [one.value[0] for one in spans if one.value[0]]
    # an interval tells the first day better than a report that is dated by its own
    told_long = [one for one in spans if one.value[0] and one.value[0] != one.value[1]]
    first = (told_long or spans)[0].value[0] or (starts[0] if starts else None)
    lasts = [one.value[1] for one in spans if one.value[1] and (first is None or one.value[1] >= first)]
    last = max(lasts, default=None)
    if first is None or first == last:
        edtf = last.isoformat() if last else ""
    else:
        edtf = f"{first.isoformat()}/{last.isoformat() if last else '..'}"
    support = tuple(r for one in spans if first in one.value or last in one.value for r in one.support)
    return Consolidated(EventDate(edtf, _words(told, support, lambda record: record.date.text)), support)


def _dated(told: Sequence[Voice], chosen: Choice) -> Consolidated:
    text = _words(told, chosen.support, lambda record: record.date.text)
    return Consolidated(EventDate(chosen.value, text), chosen.support)


def place(told: Sequence[Voice]) -> Consolidated:
    """Give the most exact place that is told; of several, the one with the most voices, in its longest words."""
    rule = rules().place
    fine = [report for voice in told for report in voice.reports if report.record.place.precision in FINE]
    if fine:
        return _fine_place(told)
    for precision in rule.precision:
        if known := choices(told, partial(_at, precision=precision)):
            return Consolidated(_placed(told, known[0]), known[0].support)
    return Consolidated(EventPlace(), ())


def _at(report: Report, precision: str) -> tuple[str, str] | None:
    where = report.record.place
    return (where.country, where.name) if where.precision == precision else None


def _fine_place(told: Sequence[Voice]) -> Consolidated:
    """Give the city with the most voices, and the spot in it where one is told."""
    near = rules().place.point_km

    def city(report: Report) -> tuple[str, str] | None:
        where = report.record.place
        return (where.country, where.name) if where.precision in FINE else None

    best = choices(told, city)[0]
    home = _first(told, best.support).record.place
    here = [
        report
        for voice in told
        for report in voice.reports
        if report.record.place.precision in FINE
        and (city(report) == best.value or (distance_km(report.record.place, home) or near + 1) <= near)
    ]
    spots = [report for report in here if report.record.place.precision == "site"] or here
    chosen = min(
        spots, key=lambda report: (-len(report.record.place.text), report.record.place.text, report.record.id)
    )
    where = chosen.record.place
    value = EventPlace(where.text, home.name, home.country, home.lat, home.lon, where.precision)
    return Consolidated(value, tuple(report.record.id for report in here))


def _placed(told: Sequence[Voice], chosen: Choice) -> EventPlace:
    return _first(told, chosen.support).record.place


def phrases(told: Sequence[Voice], name: str) -> Consolidated:
    """Give the phrases of a list without near-repeats: most voices first, at most as many as the rule allows."""
    rule = rules().lists
    merged: list[tuple[str, frozenset[str], set[int], set[str]]] = []
    tellers = [
        (phrase, n, report.record.id)
        for n, voice in enumerate(told)
        for report in voice.reports
        for phrase in getattr(report.record, name)
    ]
    # the longest first, so that what repeats a part of it finds it
    for phrase, n, record in sorted(tellers, key=lambda one: (-len(one[0]), one)):
        own = words(phrase)
        same = next((one for one in merged if _repeats(own, one[1], rule.near_repeat)), None)
        if same is None:
            merged.append((phrase, own, {n}, {record}))
        else:
            same[2].add(n)
            same[3].add(record)
    ordered = sorted(merged, key=lambda one: (-len(one[2]), min(one[2]), one[0]))[: rule.longest[name]]
    support = {record for one in ordered for record in one[3]}
    return Consolidated(
        tuple(one[0] for one in ordered), tuple(r for v in told for r in v.ids if r in support)
    )


def _repeats(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    least = min(len(one), len(other))
    return bool(least) and len(one & other) / least >= share


def response(told: Sequence[Voice]) -> Consolidated:
    """Give all that the authorities are told to have done, and the range of the arrests."""
    rule = rules().response
    found = dict(_actions(told))
    if set(rule.yields_to) & set(found):
        found.pop(rule.none, None)
    teller = [report for voice in told for report in voice.reports if report.record.response.arrests.known]
    acted = [report for report in teller if (report.record.response.arrests.low or 0) > 0] or teller
    value = Response(tuple(found), spanned(report.record.response.arrests for report in acted))
    support = {record for ids in found.values() for record in ids} | {report.record.id for report in acted}
    return Consolidated(value, tuple(r for voice in told for r in voice.ids if r in support))


def _actions(told: Sequence[Voice]) -> list[tuple[Any, tuple[str, ...]]]:
    order: dict[Any, list[str]] = {}
    for voice in told:
        for report in voice.reports:
            for action in report.record.response.actions:
                order.setdefault(action, []).append(report.record.id)
    return sorted((action, tuple(ids)) for action, ids in order.items())


def harm(told: Sequence[Voice]) -> Consolidated:
    """Give how many were hurt and killed by the latest that tells it, as such counts grow while they are checked."""
    found = [
        _latest(told, lambda report: report.record.harm.injured),
        _latest(told, lambda report: report.record.harm.killed),
    ]
    return Consolidated(Harm(found[0][0], found[1][0]), tuple(dict.fromkeys(found[0][1] + found[1][1])))


def _latest(told: Sequence[Voice], range_of: Callable[[Report], Range]) -> tuple[Range, tuple[str, ...]]:
    telling = [report for voice in told for report in voice.reports if range_of(report).known]
    if not telling:
        return Range(), ()
    newest = max(
        telling, key=lambda report: (report.published is not None, report.published, report.record.id)
    )
    same = tuple(report.record.id for report in telling if range_of(report) == range_of(newest))
    return range_of(newest), same


def _first(told: Sequence[Voice], support: Iterable[str]) -> Report:
    wanted = set(support)
    return next(report for voice in told for report in voice.reports if report.record.id in wanted)


def _words(told: Sequence[Voice], support: Iterable[str], text_of: Callable[[Record], str]) -> str:
    """Give the first words that a supporting record has for it."""
    wanted = set(support)
    texts = (text_of(r.record) for voice in told for r in voice.reports if r.record.id in wanted)
    return next(filter(None, texts), "")
