"""Articles that look back on a year or some months of it, known by their titles."""

from __future__ import annotations

import re
from functools import cache

from rallybook.grounding.timex_tokens import rules_file


def looks_back(title: str) -> bool:
    """Tell whether a title is one of a look back ("The year in Duluth")."""
    return bool(title and _titles().search(title.lower()))


@cache
def _titles() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in rules_file("dates_retrospects.yaml")["titles"]))
