"""Write docs/reference from the code: command line, columns, library, JSON Schema. `make docs` runs it."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import typer

import rallybook
from rallybook.bulk import How
from rallybook.cli.app import app
from rallybook.codebook.tables import table, table_names
from rallybook.filters import Filters
from rallybook.model.outcome import Coded
from rallybook.publishing.columns import COLUMNS
from rallybook.publishing.event_layouts import EventLayout, event_layout, layout_names
from rallybook.server.app import api

REFERENCE = Path(__file__).parent / "reference"
# a bar within a table cell must be escaped
BAR = "\\|"
# what of a table becomes a field, and the keys of a rule that are worded apart
_FIELDS = (
    "rows", "form", "date", "place", "size", "participants", "organisers", "targets", "claims", "response", "arrests",
    "injured", "killed", "quote", "title", "links", "published", "id",
)  # fmt: skip
# keys of a rule that are told by their names
_ASIDE = (
    "ours", "others", "formats", "precision", "country", "lat", "lon", "until", "site", "low", "high", "pattern",
    "split", "least",
)  # fmt: skip
_NOTE = "<!-- written by docs/generate.py; do not edit -->"


def pages() -> dict[str, str]:
    """Give the text of each page by its file name."""
    return {
        "cli.md": command_line(),
        "columns.md": columns(),
        "layouts.md": layouts(),
        "library.md": library(),
        "line.schema.json": line_schema(),
        "openapi.json": openapi(),
        "tables.md": tables(),
    }


def command_line() -> str:
    """Give the page of all verbs with their arguments and options."""
    root: Any = typer.main.get_command(app)
    parts = [
        "# The command line",
        _NOTE,
        root.help,
        "Results go to stdout; progress and what failed to stderr. Exit codes: 0 done; 1 some inputs failed, "
        "each named on stderr and in the `failures` of its line, the others done; 2 wrong usage.",
    ]
    parts += ["## Before the verb", _options(root)]
    for name, command in root.commands.items():
        parts += [
            f"## rallybook {name}",
            f"```\n{_usage(name, command)}\n```",
            command.help,
            _options(command),
        ]
    return "\n\n".join(parts) + "\n"


def columns() -> str:
    """Give the page of the flat columns."""
    rows = [f"| `{column.name}` | {column.kind} | {column.about} |" for column in COLUMNS]
    about = (
        "One row for each record, in CSV, in the properties of GeoJSON and in GeoParquet. CSV joins the "
        "members of a list with ` | ` and puts an apostrophe before text that a spreadsheet would run as a "
        "formula. GeoJSON leaves out `lat` and `lon`, which are its geometry; GeoParquet has both, and `geometry` "
        "with its `bbox`."
    )
    events = (
        "One row for each event of a book, in the files of `rallybook export`, in the CSV and the GeoJSON of "
        "`rallybook events`, and in data frames. The columns of other data sets: [layouts.md](layouts.md)."
    )
    event_rows = [
        f"| `{column.name}` | {column.kind} | {column.about} |"
        for column in event_layout("rallybook").columns
    ]
    head = ["| column | kind | what it holds |", "|---|---|---|"]
    table, event_table = ("\n".join([*head, *lines]) for lines in (rows, event_rows))
    parts = ["# The columns", _NOTE, "## Of records", about, table, "## Of events", events, event_table]
    return "\n\n".join(parts) + "\n"


def layouts() -> str:
    """Give the page of the layouts that have the columns of other data sets, with their codes."""
    about = (
        "What `rallybook export --layout` writes: the columns of a known data set under its names, each filled by "
        "the table here. Where our codebook has no faithful counterpart of a code, and for whatever we do not know, "
        "the cell is empty. There is one row for each event, also for those that the data set itself would not list. "
        "The layout `rallybook` has the columns of [columns.md](columns.md)."
    )
    parts = ["# The layouts", _NOTE, about]
    for name in layout_names():
        if name != "rallybook":
            parts += layout(event_layout(name))
    return "\n\n".join(parts) + "\n"


def layout(shown: EventLayout) -> list[str]:
    """Give the paragraphs of one layout."""
    rows = ["| column | kind | what it holds | from |", "|---|---|---|---|"]
    for column in shown.columns:
        cells = (f"`{column.name}`", column.kind, column.about.strip(), column.origin)
        rows.append(f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |")
    named = f"{shown.about.strip()} Columns and codes: <{shown.source}>."
    return [f"## {shown.name}", named, "\n".join(rows)]


def tables() -> str:
    """Give the page of the tables of others that are read, with the rule for each field."""
    about = (
        "What `rallybook add --table` reads: files of other data sets, and what of their rows becomes which field of a "
        "record, by `src/rallybook/codebook/data/tables/`. A field that is not listed stays empty; so does one whose "
        "cell is. A code that is not listed is a failure that names it; of words the first that the cell holds counts. "
        "The columns that we write are in [layouts.md](layouts.md)."
    )
    parts = ["# The tables", _NOTE, about]
    for name in table_names():
        sheet = table(name).sheet
        allowed = "may be passed on" if sheet.terms.republish else "must not be passed on"
        terms = f"Terms: [{sheet.terms.name}]({sheet.terms.path}), rows {allowed}; name {sheet.terms.attribution}."
        rows = ["| field | from |", "|---|---|"]
        for field, rule in msgspec.to_builtins(sheet).items():
            if field in _FIELDS and rule:
                rows.append(f"| {field} | {_ruled(rule).replace('|', BAR)} |")
        parts += [f"## {name}", f"{sheet.about.strip()} <{sheet.home}>. {terms}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _ruled(rule: Any) -> str:  # noqa: ANN401 - whatever a sheet holds
    """Give a rule of a sheet, or what stands in one, in words."""
    if isinstance(rule, tuple):
        rules = all(isinstance(one, dict) for one in rule)
        return ("; else " if rules else " or ").join(map(_ruled, rule))
    if not isinstance(rule, dict):
        return {"*": "anything", "": "empty"}.get(rule, f"`{rule}`")
    said = [_ruled(rule[key]) for key in ("column", "columns", "name", "text", "value") if rule.get(key)]
    said += [
        ", ".join(f"{theirs} as {ours}" for theirs, ours in rule[key].items())
        for key in ("codes", "words")
        if rule.get(key)
    ]
    said += [f"{key} {_ruled(value)}" for key, value in rule.items() if key in _ASIDE and value]
    when = " and ".join(f"`{column}` is {_ruled(cells)}" for column, cells in rule.get("when", {}).items())
    return ": ".join(said) + (f" (where {when})" if when else "")


def line_schema() -> str:
    """Give the JSON Schema of a line of `rallybook code --format jsonl`."""
    return json.dumps(msgspec.json.schema(Coded), indent=1, ensure_ascii=False) + "\n"


def openapi() -> str:
    """Give the OpenAPI description of the API of `rallybook serve`."""
    return json.dumps(api().openapi(), indent=1, ensure_ascii=False) + "\n"


def library() -> str:
    """Give the page of the public names."""
    parts = ["# The library", _NOTE]
    for name in sorted(set(rallybook.__all__) - {"__version__"}, key=lambda name: (name[0].isupper(), name)):
        thing = getattr(rallybook, name)
        parts.append(f"## rallybook.{name}")
        if inspect.isfunction(thing):
            parts.append(f"```python\n{name}{_signature(thing)}\n```")
        parts.append(inspect.getdoc(thing) or "")
        if fields := getattr(thing, "__struct_fields__", ()):
            parts.append("Fields: " + ", ".join(f"`{field}`" for field in fields) + ".")
        elif inspect.isclass(thing) and not issubclass(thing, Exception):
            parts += methods(thing)
    parts += ["## Options of add_files", inspect.getdoc(How) or ""]
    parts += ["## Filters of events", inspect.getdoc(Filters) or ""]
    return "\n\n".join(parts) + "\n"


def methods(thing: type) -> list[str]:
    """Give a paragraph for each public method of a class, and its signature."""
    parts = []
    for name, method in inspect.getmembers(thing, inspect.isfunction):
        if not name.startswith("_"):
            signature = _signature(method).replace("(self, ", "(").replace("(self)", "()")
            parts += [f"### {name}", f"```python\n{name}{signature}\n```", inspect.getdoc(method) or ""]
    return parts


def _usage(name: str, command: typer.core.TyperCommand) -> str:
    arguments = [param.metavar for param in command.params if param.param_type_name == "argument"]
    return " ".join(["rallybook", name, *arguments, "[OPTION]..."])


def _options(command: typer.core.TyperCommand) -> str:
    rows = ["| | |", "|---|---|"]
    for param in command.params:
        if param.param_type_name == "argument":
            rows.append(f"| `{param.metavar.replace('|', BAR)}` | {param.help} |")
            continue
        label = f"{', '.join(param.opts)} {param.metavar or ''}".strip().replace("|", BAR)
        default = f" Default: `{param.default}`." if isinstance(param.default, str) else ""
        rows.append(f"| `{label}` | {param.help}{default} |")
    return "\n".join(rows)


def _signature(thing: Callable[..., object]) -> str:
    return str(inspect.signature(thing)).replace("''", '""').replace("'", "")


def main() -> None:
    """Write the pages."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
