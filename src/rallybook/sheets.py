"""YAML files of the package as tables."""

from __future__ import annotations

from typing import Any

import yaml

# the C loader is ten times as fast, where it was built; both are safe ones
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_sheet(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Give what a YAML text holds. Raises `yaml.YAMLError` for a text that is none."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506
