"""How the fields of the codebook lie in a Label Studio project: which words are marked, what is told of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args
from xml.etree import ElementTree as Xml

from rallybook.model.record import FOCUSES, FORMS, RESPONSE_ACTIONS, STATUSES
from rallybook.model.values import Precision

# the names of the two parts of a task that results refer to
LABELS, TEXT = "words", "text"
# the words that name an act; all else that is marked is related to one
ACT = "act"
Kind = Literal["one", "several", "text"]


class Told(NamedTuple):
    """What is told of marked words: a choice of some values, several of them, or text; and its path in a record."""

    path: str
    kind: Kind
    values: tuple[str, ...] = ()


# of each kind of words, what they are in a record, and what is told of them
WORDS: dict[str, str] = {
    ACT: "trigger", "quote": "quote", "date": "date.text", "place": "place.text", "size": "size.text",
    "participants": "participants", "organisers": "organisers", "targets": "targets", "claims": "claims",
}  # fmt: skip
TELLS: dict[str, dict[str, Told]] = {
    ACT: {
        "form": Told("form", "one", FORMS),
        "status": Told("status", "one", STATUSES),
        "focus": Told("focus", "one", FOCUSES),
        "umbrella": Told("umbrella", "one", ("true", "false")),
        "response": Told("response.actions", "several", RESPONSE_ACTIONS),
        "arrests": Told("response.arrests", "text"),
        "injured": Told("harm.injured", "text"),
        "killed": Told("harm.killed", "text"),
    },
    "date": {"edtf": Told("date.edtf", "text")},
    "place": {
        "name": Told("place.name", "text"),
        "country": Told("place.country", "text"),
        "precision": Told("place.precision", "one", get_args(Precision)),
    },
    "size": {"count": Told("size", "text")},
}
# what no words are marked for is told of the act
INFERRED = "_inferred"
TELLS[ACT] |= {
    f"{name}{INFERRED}": how for kind in ("date", "place", "size") for name, how in TELLS[kind].items()
}
COUNTS = ("size", "response.arrests", "harm.injured", "harm.killed")
_COLOURS = ("#9c3220", "#6b6d72", "#2467a3", "#3f7d53", "#c98a1b", "#8a5a9e", "#8a5a9e", "#8a5a9e", "#1f7a70")
_HINTS = {
    "date.edtf": "2024-05-12, 2024-05, 2024-05-12/2024-05-14",
    **dict.fromkeys(COUNTS, "500, 500-800, 300- (300 or more), -300 (up to 300)"),
}


def configuration() -> str:
    """Give the labelling set-up of a project in Label Studio's XML."""
    view = Xml.Element("View")
    Xml.SubElement(view, "Header", value="$title")
    labels = Xml.SubElement(view, "Labels", name=LABELS, toName=TEXT)
    for kind, colour in zip(WORDS, _COLOURS, strict=True):
        Xml.SubElement(labels, "Label", value=kind, background=colour)
    relations = Xml.SubElement(view, "Relations")
    Xml.SubElement(relations, "Relation", value="of")
    Xml.SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    for kind, told in TELLS.items():
        part = Xml.SubElement(
            view, "View", visibleWhen="region-selected", whenTagName=LABELS, whenLabelValue=kind
        )
        for name, how in told.items():
            _ask(part, name, how)
    Xml.indent(view)
    return Xml.tostring(view, encoding="unicode") + "\n"


def names() -> Iterator[tuple[str, str, Told]]:
    """Give what can be told: of which words, under which name, and how."""
    for kind, told in TELLS.items():
        yield from ((kind, name, how) for name, how in told.items())


def _ask(part: Xml.Element, name: str, how: Told) -> None:
    Xml.SubElement(part, "Header", value=name.replace("_", " "), size="5")
    if how.kind == "text":
        shape = {
            "editable": "true",
            "maxSubmissions": "1",
            "rows": "1",
            "placeholder": _HINTS.get(how.path, ""),
        }
        Xml.SubElement(part, "TextArea", {"name": name, "toName": TEXT, "perRegion": "true", **shape})
        return
    choice = "multiple" if how.kind == "several" else "single-radio"
    asked = Xml.SubElement(part, "Choices", name=name, toName=TEXT, perRegion="true", choice=choice)
    for value in how.values:
        Xml.SubElement(asked, "Choice", value=value)
