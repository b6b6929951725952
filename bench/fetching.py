"""Print what becomes of each hostile address and answer: refused in words, how soon, and what was dialled.

python bench/fetching.py
"""

from __future__ import annotations

import ipaddress
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from fake_web import TIGHT, fake_web
from hostile_cases import ADDRESSES, ANSWERS, Case

from rallybook.model.outcome import Failure
from rallybook.sources.addresses import is_public
from rallybook.sources.web import WebSource


def main() -> None:
    """Run all cases against servers on this machine."""
    results = [row(case) for case in (*ADDRESSES, *ANSWERS)]
    refused = sum(held for held, _ in results)
    slowest = max(seconds for _, seconds in results)
    print(
        f"\n{refused} of {len(results)} refused in their words; the slowest in {slowest:.2f} s (limit {TIGHT.all_s} s a request)"
    )
    sys.exit(refused != len(results))


def row(case: Case) -> tuple[bool, float]:
    """Run one case; tell whether it was refused as it should be, and how long that took."""
    with fake_web() as web:
        web.names |= {name: list(addresses) for name, addresses in case.names.items()}
        web.answers |= case.answers
        start = time.perf_counter()
        (outcome,) = WebSource([case.url], fetcher=web.fetcher()).articles()
        seconds = time.perf_counter() - start
    reason = outcome.reason if isinstance(outcome, Failure) else "READ"
    public = all(is_public(ipaddress.ip_address(address)) for address, _ in web.dialled)
    held = case.refusal in reason and public and (case in ANSWERS or not web.dialled)
    print(
        f"{'refused' if held else 'WRONG':8}{seconds:6.2f} s  {case.name:45} {reason.rpartition('test/a: ')[2][:110]}"
    )
    return held, seconds


main()
