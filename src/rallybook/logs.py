"""What the program says of its work, on stderr: lines for people, or JSON for machines."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from structlog.typing import Processor

Form = Literal["text", "json"]
_NAME = "rallybook"
_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
Level = Literal["info", "warning", "error"]


def set_up(form: Form, *, serving: bool = False) -> None:
    """Have what is said written in a form; with `serving` what other packages say, too, and each request.

    A line of JSON has `event`, `level`, `logger`, `timestamp` (UTC) and whatever else is known, an error its trace.
    """
    said = logging.getLogger(_NAME)
    said.setLevel(logging.INFO)
    said.propagate = False
    said.handlers = [_Stderr(_json() if form == "json" else _Words())]
    if form == "json" or serving:
        told = _Stderr(_json() if form == "json" else _console())
        every = logging.getLogger()
        every.handlers = [*(other for other in every.handlers if not isinstance(other, _Stderr)), told]
        requests = logging.getLogger(f"{_NAME}.request")
        requests.propagate = False
        requests.handlers = [told]


def is_json() -> bool:
    """Tell whether what is said is JSON, among which nothing else may stand."""
    handlers = logging.getLogger(_NAME).handlers
    return bool(handlers) and not isinstance(handlers[0].formatter, _Words)


def say(words: str, *, level: Level = "info", **facts: object) -> None:
    """Say something on stderr; `facts` are for machines."""
    told = logging.getLogger(_NAME)
    if not told.handlers:
        set_up("text")
    told.log(_LEVELS[level], "%s", words, extra=facts)


class _Stderr(logging.Handler):
    """Writes to what stderr is at that moment."""

    def __init__(self, form: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(form)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        sys.stderr.write(f"{self.format(record)}\n")
        sys.stderr.flush()


class _Words(logging.Formatter):
    """Words for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Give a line."""
        return f"{_NAME}: {record.getMessage()}"


def _json() -> logging.Formatter:
    import structlog  # noqa: PLC0415 - start-up time

    return _structured(
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )


def _console() -> logging.Formatter:
    import structlog  # noqa: PLC0415 - start-up time

    return _structured([structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)])


def _structured(last: Sequence[Processor]) -> logging.Formatter:
    import structlog  # noqa: PLC0415 - start-up time

    first: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    without = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=[without, *last])
