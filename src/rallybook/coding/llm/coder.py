"""The coder that asks a model: one article in, the records that the text proves out."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec

from rallybook.coding.llm.answer import Answer
from rallybook.coding.llm.chat import Chat, Choice
from rallybook.coding.llm.endpoint import Endpoint
from rallybook.coding.llm.grounded import ground
from rallybook.coding.llm.prompt import request
from rallybook.coding.llm.told import ProofError, record
from rallybook.coding.pipeline import Found, coded, gazetteer
from rallybook.errors import EndpointError
from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.model.reading import Reading
from rallybook.model.record import Record
from rallybook.version import __version__

_SHOWN = 120
_ALLOWED = "the JSON of the schema that was sent, and nothing else"


class LlmCoder:
    """Codes articles with the model of an endpoint; articles that the screen lets through are sent there.

    Its records have no `confidence`: what a model says of its own sureness is not calibrated.
    """

    def __init__(self, endpoint: Endpoint, *, wait: Callable[[float], None] = time.sleep) -> None:
        """Take the endpoint, and what is called with the seconds to wait where it is busy."""
        self._endpoint = endpoint
        self._chat = Chat(endpoint, wait=wait)

    @property
    def version(self) -> str:
        """The coder with its version, and the model."""
        return f"rallybook {__version__} {self._endpoint.model} llm"

    def code(self, article: Article) -> Coded:
        """Give the records that a model tells and the text proves.

        A language that cannot be read, an endpoint without a usable answer, and each record whose quote or trigger does
        not stand in the text are failures that say so.
        """
        return coded(article, self.version, self._read)

    def _read(self, reading: Reading) -> Found:
        try:
            return _proven(reading, self._answer(reading))
        except EndpointError as error:
            article = reading.article.id
            return (), (Failure(article, "code", f"{article}: {error}"),)

    def _answer(self, reading: Reading) -> Answer:
        return answer_of(self._chat.choice(request(reading, self._endpoint.model)))


def answer_of(choice: Choice) -> Answer:
    """Give the answer that a model wrote; raises `EndpointError` for one that is cut short or of another shape."""
    content, refusal = choice.message.content, choice.message.refusal
    if choice.finish_reason == "length":
        raise EndpointError(
            "answer", f"one cut short ({_tail(content)})", "a whole one; the model's limit is too low"
        )
    if refusal or choice.finish_reason == "content_filter":
        raise EndpointError("answer", f"a refusal ({_head(refusal)})", _ALLOWED)
    if content is None:
        raise EndpointError("answer", f"no words (ended by {choice.finish_reason})", _ALLOWED)
    try:
        return msgspec.json.decode(content, type=Answer)
    except msgspec.ValidationError as error:
        raise EndpointError("answer", f"{_head(content)} ({error})", _ALLOWED) from None
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise EndpointError("answer", f"no JSON: {_head(content)} ({error})", _ALLOWED) from None


def _proven(reading: Reading, answer: Answer) -> Found:
    if not answer.events:
        return (), ()
    article = reading.article.id
    known = ground(reading, gazetteer())
    records: dict[str, Record] = {}
    failures = []
    for number, told in enumerate(answer.events, 1):
        try:
            made = record(known, told)
        except ProofError as refusal:
            reason = f"{article}: record {number} of {len(answer.events)} refused: {refusal}"
            failures.append(Failure(article, "prove", reason))
        else:
            # a model may tell one act twice
            records.setdefault(made.id, made)
    return tuple(records.values()), tuple(failures)


def _head(text: str | None) -> str:
    line = " ".join((text or "").split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")


def _tail(text: str | None) -> str:
    line = " ".join((text or "").split())
    return repr(line if len(line) <= _SHOWN else f"…{line[-_SHOWN:]}")
