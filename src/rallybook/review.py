"""What the review of a book by people gives, as the library offers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from rallybook.filters import Filters, question
from rallybook.model.decision import Decision, Judgement
from rallybook.model.outcome import Failure
from rallybook.ports import Book

if TYPE_CHECKING:
    from rallybook.reviewing.agreement import Agreement, Period
    from rallybook.reviewing.label_studio.exchange import Taken


class Review:
    """The part of an open book that is about those who review it."""

    book: Book

    def decide(
        self,
        kind: Judgement,
        *names: str,
        by: str,
        why: str = "",
        field: str = "",
        value: Any = None,  # noqa: ANN401 - that of the field
        final: bool = False,
    ) -> tuple[Decision, ...]:
        """Judge events or records, named by their ids; give the decisions that were kept.

        "same" and "different" take two or more: they are one event, or no two of them are. "correct" gives `field`
        ("form", "place.name") a `value`; "reject" says that they tell no event, with the `value` "not_a_protest" or
        "unverifiable" also why, and "restore" takes that back; "skip" leaves them to others. "found" takes the id of
        an article, and as `value` an event that no machine has read there: a table as docs/review.md has it. `by` is
        who judges, `why` the reason. What an adjudicator decided is judged anew with `final` only. Raises `InputError`
        for what is not there, for a field or value that is none, for words that an article has not, and for a judgement
        that contradicts others by way of still others.
        """
        from rallybook.book.judging import decisions_of, weighed  # noqa: PLC0415 - start-up time
        from rallybook.reviewing.finding import finding  # noqa: PLC0415

        if kind == "found" and not field:
            made = finding(self.book, names, value, by=by, why=why, final=final)
        else:
            made = decisions_of(self.book, kind, names, by=by, why=why, correction=(field, value))
        made = weighed(self.book, made, final=final)
        self.book.decide(made)
        return made

    def agreement(self, *, by: Period = "month") -> tuple[Agreement, ...]:
        """Give how far blind second coders agree with the first: over all, then by "week" or "month".

        See docs/review.md.
        """
        from rallybook.reviewing.agreement import agreement  # noqa: PLC0415 - start-up time

        return agreement(self.book, by=by)

    def labelled(self, *, whole: bool = False) -> Iterator[dict[str, Any] | Failure]:
        """Give the articles that people have reviewed whole as labelled articles, which `train` reads, by their ids.

        With `whole` only those that somebody coded as a whole, not those of which all records were accepted or
        rejected. What cannot be a label is a `Failure` that says why.
        """
        from rallybook.reviewing.labelled import labelled  # noqa: PLC0415 - start-up time

        return labelled(self.book, whole=whole)

    def tasks(self, *, blind: bool = False, **filters: Unpack[Filters]) -> Iterator[dict[str, Any]]:
        """Give the articles of events as tasks of Label Studio, with what was read in them unless `blind`."""
        from rallybook.reviewing.label_studio.exchange import tasks  # noqa: PLC0415 - start-up time

        return tasks(self.book, self.book.events(question(**filters)), blind=blind)

    def take_annotations(self, path: str | Path, *, by: str = "", blind: bool = False) -> Taken:
        """Keep the annotations of a file that Label Studio exported as JSON; each is a coding of its article.

        `by` is who annotated, where it is not to be the name of Label Studio; `blind` says that the tasks had no
        predictions. The same annotations again add nothing. Raises `InputError` for a file that is no such export.
        """
        from rallybook.reviewing.label_studio.exchange import take  # noqa: PLC0415 - start-up time

        return take(self.book, Path(path), by=by, blind=blind)
