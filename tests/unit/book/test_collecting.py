from __future__ import annotations

import gc

import pytest

from rallybook.book.collecting import at_rest


def test_no_collector_runs_within_and_one_does_after() -> None:
    with at_rest():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_runs_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="once"), at_rest():
        raise ValueError("once")
    assert gc.isenabled()


def test_one_that_rested_before_goes_on_resting() -> None:
    gc.disable()
    try:
        with at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
