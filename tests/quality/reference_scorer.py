"""The reference scorer, where it is there."""

import importlib.util
from functools import cache
from types import ModuleType

import pytest
from measure import DATA


@cache
def _loaded() -> ModuleType | None:
    path = DATA.parent / "score" / "score_events.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("score_events", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reference_scorer() -> ModuleType:
    """Give the reference scorer, or skip the test that asks for it."""
    module = _loaded()
    if module is None:
        pytest.skip(
            "the reference scorer is not part of the project; RALLYBOOK_DATA names the folder beside it"
        )
    return module
