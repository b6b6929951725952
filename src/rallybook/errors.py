"""What can go wrong, one class a stage; facts are attributes, so that a face can word them."""

from __future__ import annotations

from collections.abc import Iterable


class RallybookError(Exception):
    """The root of all errors that rallybook raises on purpose."""


class InputError(RallybookError):
    """An input that cannot be used: names the thing, the value received and the values allowed."""

    def __init__(self, thing: str, received: object, allowed: str | Iterable[str]) -> None:
        self.thing = thing
        self.received = received
        self.allowed = allowed if isinstance(allowed, str) else ", ".join(allowed)
        super().__init__(f"{thing}: received {received!r}, allowed: {self.allowed}")


class SourceError(RallybookError):
    """A source or a part of it that cannot be read."""

    def __init__(self, origin: str, reason: str) -> None:
        self.origin = origin
        self.reason = reason
        super().__init__(f"{origin}: {reason}")


class FetchError(SourceError):
    """A web page that was not fetched; `lasting` where another try would not help."""

    def __init__(self, url: str, reason: str, *, lasting: bool = True) -> None:
        self.lasting = lasting
        super().__init__(url, reason)


class EndpointError(RallybookError):
    """An endpoint that gave no usable answer: names the thing, what was received and what is allowed."""

    def __init__(self, thing: str, received: str, allowed: str) -> None:
        self.thing = thing
        self.received = received
        self.allowed = allowed
        super().__init__(f"{thing}: received {received}, allowed: {allowed}")


class CodebookError(RallybookError):
    """A codebook or lexicon file that breaks its own rules."""


class GazetteerError(RallybookError):
    """A gazetteer file that is missing, damaged or of another version."""


class RunningError(RallybookError):
    """A worker process that died, or several in a row: killed, or out of memory."""

    def __init__(self, done: int, jobs: int) -> None:
        self.done = done
        self.jobs = jobs
        advice = f"perhaps for want of memory; try fewer jobs than {jobs}"
        super().__init__(f"a worker process died after {done} results, {advice}")


class RunnerError(RallybookError):
    """A runner that cannot be used: names it, what was received and what is allowed."""

    def __init__(self, runner: str, received: str, allowed: str) -> None:
        self.runner = runner
        self.received = received
        self.allowed = allowed
        super().__init__(f"{runner}: received {received}, allowed: {allowed}")


class LedgerError(RallybookError):
    """A ledger that cannot be used: names its folder, what was received and what is allowed."""

    def __init__(self, ledger: str, received: str, allowed: str) -> None:
        self.ledger = ledger
        self.received = received
        self.allowed = allowed
        super().__init__(f"{ledger}: received {received}, allowed: {allowed}")


class BookError(RallybookError):
    """A book that cannot be opened, read or written: names it, what was received and what is allowed."""

    def __init__(self, book: str, received: str, allowed: str) -> None:
        self.book = book
        self.received = received
        self.allowed = allowed
        super().__init__(f"{book}: received {received}, allowed: {allowed}")


class ExportError(RallybookError):
    """A file or folder that cannot be written: names it, what was received and what is allowed."""

    def __init__(self, path: str, received: str, allowed: str) -> None:
        self.path = path
        self.received = received
        self.allowed = allowed
        super().__init__(f"{path}: received {received}, allowed: {allowed}")
