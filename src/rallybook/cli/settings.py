"""Settings in a file of TOML: what the options of each verb are where neither command nor environment says so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rallybook.errors import InputError

# an option of several verbs that may stand before all tables
_OF_ALL = ("book",)


def settings_of(file: Path, verbs: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the values of each verb's options by the names of its parameters.

    A key is the name of an option without its dashes, in the table of its verb; `book`, before all tables, is that of
    every verb that takes one. Values are checked as those of the command line are, when the verb is run. Raises
    `InputError` for what is no TOML, no verb and no option.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("--settings", str(file), f"a file of TOML ({error})") from None
    options = {verb: _options(command) for verb, command in verbs.items()}
    general = {key: told.pop(key) for key in _OF_ALL if key in told}
    for key, value in told.items():
        if key not in options:
            raise InputError(str(file), key, [*_OF_ALL, *(f"[{verb}]" for verb in options)])
        if not isinstance(value, dict):
            raise InputError(str(file), key, f"a table, [{key}], of {', '.join(options[key])}")
    found: dict[str, dict[str, Any]] = {}
    for verb, known in options.items():
        values = {key: value for key, value in general.items() if key in known} | told.get(verb, {})
        for key, value in values.items():
            if key not in known:
                raise InputError(f"{file}: [{verb}]", key, known)
            if isinstance(value, dict | list):
                raise InputError(f"{file}: [{verb}] {key}", value, "a text, a number, true or false")
        found[verb] = {known[key]: value for key, value in values.items()}
    return found


def _options(command: Any) -> dict[str, str]:  # noqa: ANN401 - typer's own copy of click has no public types
    """Give the parameter of each option of a verb, by its name without dashes."""
    return {
        name.removeprefix("--"): parameter.name
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--") and name != "--help"
    }
