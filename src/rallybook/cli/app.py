"""The command `rallybook`: its verbs, one module each."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Annotated

import typer

from rallybook.cli import (
    account,
    add,
    agreement,
    backup,
    check,
    code,
    compare,
    copy,
    decide,
    decisions,
    evaluate,
    events,
    export,
    ground,
    label_studio,
    labelled,
    link,
    release,
    serve,
    show,
    takedown,
    train,
    watch,
    why,
)
from rallybook.cli.exits import quiet_exits
from rallybook.logs import say, set_up
from rallybook.version import __version__

app = typer.Typer(
    name="rallybook",
    help="Reads news articles and gives protest-event records, each value with the words that prove it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich would double the time that --help takes
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("code")(code.code)
app.command("ground")(ground.ground)
app.command("add")(add.add)
app.command("watch")(watch.watch)
app.command("link")(link.link)
app.command("events")(events.events)
app.command("show")(show.show)
app.command("why")(why.why)
app.command("export")(export.export)
app.command("release")(release.release)
app.command("decide")(decide.decide)
app.command("decisions")(decisions.decisions)
app.command("agreement")(agreement.agreement)
app.command("labelled")(labelled.labelled)
app.command("labelstudio")(label_studio.label_studio)
app.command("takedown")(takedown.takedown)
app.command("serve")(serve.serve)
app.command("account")(account.account)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("check")(check.check)
app.command("copy")(copy.copy)
app.command("train")(train.train)
app.command("compare")(compare.compare)
app.command("evaluate", cls=evaluate.Evaluate)(evaluate.evaluate)


def run() -> None:
    """Run the command line; the entry point of the `rallybook` command."""
    sys.excepthook = _say
    for stream in (sys.stdout, sys.stderr):
        # a lone surrogate in an article must not stop a run, nor a locale without UTF-8
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # not app(): that would put typer's own hook in the place of ours
    typer.main.get_command(app)(prog_name="rallybook")


class Log(StrEnum):
    """The form of what is said on stderr."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"


_VERSION = typer.Option("--version", help="Print the version and stop.", is_eager=True)
_SETTINGS = typer.Option(
    "--settings",
    metavar="FILE",
    envvar="RALLYBOOK_SETTINGS",
    help="A file of TOML with the options of the verbs (docs/operations.md).",
)
_LOG = typer.Option(
    "--log",
    metavar="auto|text|json",
    envvar="RALLYBOOK_LOG",
    help="How what is said on stderr is written (auto: JSON for a server without a terminal, else text).",
)


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    *,
    version: Annotated[bool, _VERSION] = False,
    settings: Annotated[Path | None, _SETTINGS] = None,
    log: Annotated[Log, _LOG] = Log.AUTO,
) -> None:
    """Take the options that stand before a verb."""
    if version:
        typer.echo(f"rallybook {__version__}")
        raise typer.Exit
    serving = context.invoked_subcommand == "serve"
    as_json = log is Log.JSON or (log is Log.AUTO and serving and not sys.stderr.isatty())
    set_up("json" if as_json else "text", serving=serving)
    if settings:
        from rallybook.cli.settings import settings_of  # noqa: PLC0415 - start-up time

        with quiet_exits():
            context.default_map = settings_of(settings, context.command.commands)  # type: ignore[attr-defined]


def _say(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Name an error that nothing foresaw in one line; developers set RALLYBOOK_TRACE to see where it rose."""
    import os  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    if os.environ.get("RALLYBOOK_TRACE"):
        traceback.print_exception(kind, error, trace)
    reason = str(error) or "no reason given"
    say(f"stopped by an unforeseen error: {kind.__name__}: {reason}", level="error")
