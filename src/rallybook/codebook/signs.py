"""Words that tell of a protest without naming it: claims, organisers, crowds."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from rallybook.codebook.lexicon import check_version, parsed


@cache
def claim_stems() -> tuple[str, ...]:
    """Give pieces of words that tell of a claim, an organiser or a crowd."""
    sheet = _signs()
    return (*str(sheet["claims"]).split(), *sheet["phrases"])


@cache
def crowd_words() -> frozenset[str]:
    """Give words for those who act together."""
    return frozenset(str(_signs()["crowd"]).split())


@cache
def _signs() -> dict[str, Any]:
    sheet = parsed("screen.yaml", (files("rallybook.codebook") / "data" / "screen.yaml").read_text("utf-8"))
    check_version("screen.yaml", sheet.get("version"))
    return sheet
