"""Consolidation: one event from the records that tell it, each value with the records and decisions behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from rallybook.linking import fields
from rallybook.linking.corrections import corrected
from rallybook.linking.headcounts import claims_of_size, size
from rallybook.linking.voices import Consolidated, Voice, age, choices, rules, voices
from rallybook.model.copies import CopyGroup
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report, StatusChange, Telling
from rallybook.model.record import Record, Status
from rallybook.model.recycled import was_there_before

_LISTS = ("participants", "organisers", "targets", "claims")


def consolidated(
    reports: Iterable[Report], decisions: Iterable[Decision] = (), copies: Iterable[CopyGroup] = ()
) -> Event:
    """Give the event that some reports tell together; the order of what comes in is of no account.

    `copies` are the groups of `duplicates.copies`: a copy's record supports what its original does without
    counting as a second voice, and a superseded version's only where nothing newer tells the event. Corrections
    by people outrank all (see `corrections`). `id` and `revision` are left to the store. Raises `ValueError`
    where there is no report, and `InputError` for a correction that no event can have.

    `confidence["record"]` is the probability that at least one voice is right, taken as independent: 1 - ∏ (1 -
    p), p the surest of a voice's records; those that deny it do not speak for it. A field's confidence is the
    same over the voices that support its value, times their share of the voices that tell the field.
    """
    every = sorted({one.record.id: one for one in sorted(reports, key=age)}.values(), key=age)
    if not every:
        raise ValueError("reports: received none, allowed: one or more")
    copies = tuple(copies)
    told = voices(every, copies)
    values = _values(told)
    event = Event(
        id="",
        records=tuple(_tellings(every, copies)),
        claims_of_size=claims_of_size(told),
        status_history=status_history(every),
        support={name: found.support for name, found in values.items() if found.support},
        confidence=_confidence(told, values),
        **{name: found.value for name, found in values.items()},
    )
    return corrected(event, decisions)


def status_history(reports: Iterable[Report]) -> tuple[StatusChange, ...]:
    """Give the statuses that an event was told to have, each with its first publication, in this order."""
    history: dict[Status, list[Report]] = {}
    for report in sorted(reports, key=age):
        history.setdefault(report.record.status, []).append(report)
    return tuple(
        StatusChange(status, telling[0].published, tuple(report.record.id for report in telling))
        for status, telling in history.items()
    )


def _values(told: Sequence[Voice]) -> dict[str, Consolidated]:
    form, status = fields.form(told), fields.status(told)
    return {
        "form": form,
        "status": status,
        "focus": _focus(told),
        "umbrella": _most(told, lambda record: record.umbrella),
        "date": fields.date(told, form.value),
        "place": fields.place(told),
        "size": size(told, status.value),
        **{name: fields.phrases(told, name) for name in _LISTS},
        "response": fields.response(told),
        "harm": fields.harm(told),
    }


def _focus(told: Sequence[Voice]) -> Consolidated:
    """Give "focal" where any article has it as its news."""
    found = choices(told, lambda report: report.record.focus)
    chosen = next((one for one in found if one.value == "focal"), found[0])
    return Consolidated(chosen.value, chosen.support)


def _most(told: Sequence[Voice], value_of: Callable[[Record], object]) -> Consolidated:
    chosen = choices(told, lambda report: value_of(report.record))[0]
    return Consolidated(chosen.value, chosen.support)


def _tellings(every: Sequence[Report], copies: Iterable[CopyGroup]) -> Iterator[Telling]:
    """Give the reports as the event shows them; a copy names its original, an older version the one that follows."""
    groups = {article: group for group in copies for article in group.articles}
    for report in every:
        record, group = report.record, groups.get(report.article)
        newer = group.superseded.get(report.article, "") if group else ""
        yield Telling(
            article=report.article,
            record=record.id,
            published=report.published,
            source=report.source,
            url=report.url,
            quote=record.quote,
            spans=record.spans,
            copy_of=_repeated(group, report.article) if group and not newer else "",
            superseded_by=newer,
            imported=record.imported,
            recycled=_recycled(report),
            coder=record.coder,
        )


def _recycled(report: Report) -> bool | msgspec.UnsetType:
    """Tell of a report with pictures whether one was there before the event: the coder knew, or the book knows."""
    media = report.record.media
    if not media or not media.pictures:
        return msgspec.UNSET
    return any(one.recycled for one in media.pictures) or was_there_before(
        report.seen, report.record, report.published
    )


def _repeated(group: CopyGroup, article: str) -> str:
    """Give the original that an article repeats; neither that one itself nor its newest version repeats any."""
    own = article in (group.original, group.superseded.get(group.original))
    return "" if own else group.original


def _confidence(told: Sequence[Voice], values: dict[str, Consolidated]) -> dict[str, float]:
    affirming = [
        voice for voice in told if any(one.record.status != "denied" for one in voice.reports)
    ] or told
    found = {"record": _combined(affirming, "record")}
    for name in ("form", "status", "date", "place", "size"):
        support = set(values[name].support)
        telling = [voice for voice in told if any(_tells(one.record, name) for one in voice.reports)]
        behind = [voice for voice in telling if support & set(voice.ids)]
        if behind:
            found[name] = round(_combined(behind, name) * len(behind) / len(telling), 4)
    return found


def _combined(told: Sequence[Voice], name: str) -> float:
    """Give the probability that at least one voice is right."""
    rule, wrong = rules().confidence, 1.0
    for voice in told:
        wrong *= 1 - max(one.record.confidence.get(name, rule.untold) for one in voice.reports)
    return round(min(1 - wrong, rule.most), 4)


def _tells(record: Record, name: str) -> bool:
    if name == "date":
        return bool(record.date.edtf)
    if name == "place":
        return record.place.precision != "unknown"
    return name != "size" or record.size.low is not None or record.size.high is not None
