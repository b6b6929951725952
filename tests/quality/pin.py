"""Pin the floors of the quality gate to what is measured now: `make floors`.

A floor only rises; `--lower` lets it fall, for a change that gives up quality here on purpose.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from measure import DATA, FLOORS, SETS, floors, measured

# floors are rounded down to this many digits
_DIGITS = 3


def main() -> int:
    """Measure, compare, write; say what changed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lower", action="store_true", help="let a floor fall, too")
    lower = arguments.parse_args().lower
    if not DATA.is_dir():
        sys.stderr.write(f"no labelled data at {DATA}; set RALLYBOOK_DATA\n")
        return 2
    pinned = floors() if FLOORS.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        now = {name: measured(name, Path(folder)) for name in SETS}
    raised = {name: _pinned(pinned.get(name, {}), figures, lower=lower) for name, figures in now.items()}
    FLOORS.write_text(json.dumps(raised, indent=2) + "\n", encoding="utf-8")
    return 0


def _pinned(old: dict[str, float], figures: dict[str, float], *, lower: bool) -> dict[str, float]:
    new = {}
    for measure, figure in figures.items():
        floor, down = old.get(measure, 0.0), int(figure * 10**_DIGITS) / 10**_DIGITS
        new[measure] = down if lower else max(floor, down)
        note = "" if figure >= floor else "  below its floor"
        sys.stdout.write(f"{measure:13s} {floor:.3f} -> {new[measure]:.3f}  (measured {figure:.4f}){note}\n")
    return new


if __name__ == "__main__":
    sys.exit(main())
