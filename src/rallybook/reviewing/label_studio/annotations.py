"""Annotations of Label Studio as codings of articles; what is wrong with a task is said, the others go on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from rallybook.book.judging import identified
from rallybook.errors import InputError
from rallybook.grounding.sentences import sentence_at, sentences
from rallybook.model.article import Article
from rallybook.model.decision import Decision
from rallybook.model.outcome import Failure
from rallybook.model.proof import LISTS
from rallybook.model.record import Record
from rallybook.model.values import Range
from rallybook.reviewing.codings import Told, coding_of, decided
from rallybook.reviewing.label_studio.layout import ACT, COUNTS, LABELS, WORDS, names

Json = dict[str, Any]
Known = Callable[[str], tuple[Article, Mapping[str, Record]]]
_COUNT = re.compile(r"(\d*)\s*-\s*(\d*)|(\d+)")
_TOLD = {name: (kind, how) for kind, name, how in names()}


def codings_in(
    data: bytes, known: Known, *, by: str = "", blind: bool = False
) -> Iterator[Decision | Failure]:
    """Give the codings of a file that Label Studio exported (JSON): each annotation of each task is one.

    `known` gives an article by its id with the records that are in the book; `by` is the name of who annotated, where
    it is not to be Label Studio's. `blind` says that the tasks had no predictions. What was skipped there is left out.
    Raises `InputError` for a file that is no list of tasks.
    """
    try:
        tasks = msgspec.json.decode(data, type=list[dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            "Label Studio", "another file", f"its JSON export, a list of tasks ({error})"
        ) from None
    for number, task in enumerate(tasks, start=1):
        where = f"task {task.get('id', number)}"
        try:
            article = _article(task, known)
        except InputError as error:
            yield Failure(where, "import", f"{where}: {error}")
            continue
        for annotation in _annotations(task):
            try:
                yield _decision(annotation, article, by=by, blind=blind)
            except InputError as error:
                yield Failure(article.id, "import", f"{where}: {error}")


def _article(task: Json, known: Known) -> Article:
    facts = task.get("data")
    name = facts.get("article") if isinstance(facts, dict) else None
    if not isinstance(facts, dict) or not isinstance(name, str):
        raise InputError("data.article", name, "the id of an article")
    article, _ = known(name)
    if facts.get("text") != article.text:
        raise InputError("data.text", f"{str(facts.get('text'))[:40]} …", "the text that the book has")
    return article


def _annotations(task: Json) -> Iterator[Json]:
    told = task.get("annotations")
    for annotation in told if isinstance(told, list) else []:
        if isinstance(annotation, dict) and not annotation.get("was_cancelled"):
            yield annotation


def _decision(annotation: Json, article: Article, *, by: str, blind: bool) -> Decision:
    results = [one for one in annotation.get("result") or [] if isinstance(one, dict)]
    coding = coding_of(article, told_in(results, article.text), blind=blind)
    made = decided(article, coding, by=by or _person(annotation), why="Label Studio")
    return identified(msgspec.structs.replace(made, id="", at=_moment(annotation)))


def _person(annotation: Json) -> str:
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    if not who:
        raise InputError("completed_by", who, "who annotated, or a name by --by")
    return str(who) if "@" in str(who) else f"Label Studio {who}"


def _moment(annotation: Json) -> dt.datetime:
    told = annotation.get("updated_at") or annotation.get("created_at") or ""
    try:
        at = dt.datetime.fromisoformat(str(told))
    except ValueError:
        raise InputError("updated_at", told, "a moment in ISO 8601") from None
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def told_in(results: Sequence[Json], text: str) -> tuple[Told, ...]:
    """Give the events of the results of an annotation; raises `InputError` for what cannot be one."""
    regions = {str(one.get("id")): _region(one, text) for one in results if one.get("type") == "labels"}
    acts = {name: start for name, (kind, start, _) in regions.items() if kind == ACT}
    of = {name: [name] for name in acts}
    for one in results:
        if one.get("type") == "relation":
            ends = (str(one.get("from_id")), str(one.get("to_id")))
            act = next((end for end in ends if end in acts), None)
            if act:
                of[act] += [end for end in ends if end in regions and end != act and end not in acts]
    loose = regions.keys() - {name for told in of.values() for name in told}
    if loose:
        name = min(loose)
        raise InputError(
            f"region {name}", regions[name][0], "words that are related to the act that they belong to"
        )
    values = _values(results)
    return tuple(_event(act, of[act], regions, values, text) for act in sorted(acts, key=acts.__getitem__))


def _region(one: Json, text: str) -> tuple[str, int, str]:
    """Give the kind of marked words, where they begin, and the words."""
    value = one.get("value") or {}
    kinds = value.get("labels") or []
    if one.get("from_name") != LABELS or len(kinds) != 1 or kinds[0] not in WORDS:
        raise InputError(f"region {one.get('id')}", kinds, f"one of the labels {', '.join(WORDS)}")
    start, end = value.get("start"), value.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        raise InputError(f"region {one.get('id')}: start, end", f"{start}, {end}", "offsets in the text")
    words = text[start:end]
    told = value.get("text")
    if isinstance(told, str) and told != words:
        # its first versions count UTF-16 code units, as scripts of a browser do
        units = text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end]
        words = units.decode("utf-16-le", "replace")
        start = len(text.encode("utf-16-le", "surrogatepass")[: 2 * start].decode("utf-16-le", "replace"))
        if told != words:
            raise InputError(
                f"region {one.get('id')}: text", told, f"the words at its offsets, {text[start:end]!r}"
            )
    if not words.strip():
        raise InputError(f"region {one.get('id')}: start, end", f"{start}, {end}", f"up to {len(text)}")
    return kinds[0], start, words.strip()


def _values(results: Sequence[Json]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for one in results:
        name, value = one.get("from_name"), one.get("value") or {}
        if one.get("type") not in ("choices", "textarea"):
            continue
        if name not in _TOLD:
            raise InputError(f"region {one.get('id')}", name, f"what the set-up asks: {', '.join(_TOLD)}")
        said = value.get("choices") if one.get("type") == "choices" else value.get("text")
        said = [said] if isinstance(said, str) else said or []
        allowed = _TOLD[name][1].values
        if wrong := [one for one in said if allowed and one not in allowed]:
            raise InputError(f"region {one.get('id')}: {name}", wrong[0], allowed)
        found.setdefault(str(one.get("id")), {})[str(name)] = [
            str(part).strip() for part in said if str(part).strip()
        ]
    return found


def _event(
    act: str,
    mine: Sequence[str],
    regions: Mapping[str, tuple[str, int, str]],
    values: Mapping[str, Json],
    text: str,
) -> Told:
    table: Json = {}
    for name in mine:
        kind, _, words = regions[name]
        _put(table, WORDS[kind], [words] if WORDS[kind] in LISTS else words)
        for told, said in values.get(name, {}).items():
            _tell(table, told, said, where=f"region {name}")
    start = regions[act][1]
    table.setdefault("quote", _sentence(text, start))
    if "form" not in table:
        raise InputError(f"region {act}: form", "nothing", _TOLD["form"][1].values)
    try:
        return msgspec.convert(table, Told)
    except msgspec.ValidationError as error:
        raise InputError(f"region {act}", "another value", str(error)) from None


def _sentence(text: str, position: int) -> str:
    found = sentence_at(sentences(text), position)
    return text[found.start : found.end]


def _tell(table: Json, name: str, said: Sequence[str], *, where: str) -> None:
    how = _TOLD[name][1]
    if not said:
        return
    if how.kind == "several":
        _put(table, how.path, list(said))
    elif how.path in COUNTS:
        count = _count(said[0], f"{where}: {name}")
        for part, value in (("low", count.low), ("high", count.high)):
            _put(table, f"{how.path}.{part}", value)
    elif how.path == "umbrella":
        table["umbrella"] = said[0] == "true"
    else:
        _put(table, how.path, said[0])


def _count(said: str, where: str) -> Range:
    found = _COUNT.fullmatch(said.replace(",", "").replace("–", "-").strip())
    if not found or not any(found.groups()):
        raise InputError(where, said, "500, 500-800, 300- or -300")
    if found[3]:
        return Range(int(found[3]), int(found[3]))
    return Range(int(found[1]) if found[1] else None, int(found[2]) if found[2] else None)


def _put(table: Json, path: str, value: Any) -> None:  # noqa: ANN401 - that of the field
    *above, last = path.split(".")
    for part in above:
        table = table.setdefault(part, {})
    if isinstance(value, list) and isinstance(table.get(last), list):
        value = [*table[last], *value]
    table[last] = value
