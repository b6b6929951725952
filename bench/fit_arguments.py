"""Fit the weights of `rallybook.coding.weighing` on the labelled records that may decide them.

    RALLYBOOK_DATA=../shared/data python bench/fit_arguments.py [--write]

Prints the figures of a five-fold cross-validation (folds by article), then fits on everything; `--write`
puts the weights into the codebook. Logistic regression, one for each role.
Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path
from typing import NamedTuple

from arguments import Case, bag, cases
from rallybook.coding.actors import unnamed
from rallybook.coding.arguments import actors_of, claims_of
from rallybook.coding.phrases import word_lists
from rallybook.coding.weighing import ROLES, Candidate, Role, picked
from sparse_fit import fitted, quoted

FILES = ("train", "written", "stories", "sentences")
WEIGHTS = Path(__file__).parents[1] / "src/rallybook/codebook/data/argument_weights.yaml"
BEST = (-2.5, -2.0, -1.6, -1.3, -1.0, -0.6, -0.3, 0.0)


class Sample(NamedTuple):
    """A gold record, the stretches in and around its sentence, and which of them are right for each role."""

    file: str
    article: str
    fold: int
    gold: dict[Role, frozenset[str]]
    found: dict[Role, list[Candidate]]
    bags: dict[tuple[int, int], frozenset[str]]
    right: dict[Role, list[bool]]


def sample(file: str, case: Case) -> Sample:
    here = (case.sentence.start, case.sentence.end)
    actors, claims = actors_of(case.text, here, case.trigger), claims_of(case.text, here, case.trigger)
    found: dict[Role, list[Candidate]] = {role: claims if role == "claims" else actors for role in ROLES}
    found["participants"] = unnamed(actors)
    bags = {(c.start, c.end): frozenset(bag([case.text[c.start : c.end]])) for c in actors + claims}
    values = {role: [bag([v]) for v in case.gold.get(role) or []] for role in ROLES}
    right = {
        role: [any(matches(bags[c.start, c.end], v) for v in values[role]) for c in found[role]]
        for role in ROLES
    }
    gold = {role: frozenset().union(*values[role]) for role in ROLES}
    return Sample(file, case.article, zlib.crc32(case.article.encode()) % 5, gold, found, bags, right)


def matches(shown: frozenset[str], gold: set[str]) -> bool:
    shared = len(shown & gold)
    return bool(shared) and 2 * shared / (len(shown) + len(gold)) >= 0.5


def fit(samples: list[Sample], role: Role) -> dict[str, float]:
    """Give the weights of the marks for a role."""
    rows = [
        (c.marks, y, s.article) for s in samples for c, y in zip(s.found[role], s.right[role], strict=True)
    ]
    return fitted(rows, free={"bias", "bias elsewhere", "here", "elsewhere"})


def odds(sample: Sample, role: Role, weight: dict[str, float]) -> list[float]:
    return [sum(weight.get(m, 0.0) for m in candidate.marks) for candidate in sample.found[role]]


def score(sample: Sample, role: Role, told: list[float], each: float, best: float) -> float | None:
    spans = picked(sample.found[role], told, each, best)
    got = frozenset[str]().union(*(sample.bags[span] for span in spans))
    gold = sample.gold[role]
    if not got and not gold:
        return None
    return 2 * len(got & gold) / (len(got) + len(gold))


def mean(values: list[float | None]) -> float:
    told = [v for v in values if v is not None]
    return sum(told) / max(len(told), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the weights into the codebook")
    parser.add_argument("--roles", default=",".join(ROLES), help="fit these, keep the others as they are")
    options = parser.parse_args()
    fitting = [role for role in ROLES if role in options.roles.split(",")]
    samples = [sample(file, case) for file in FILES for case in cases(file)]
    bounds: dict[Role, tuple[float, float]] = {}
    for role in fitting:
        weights = [fit([s for s in samples if s.fold != k], role) for k in range(5)]
        told = [(s, odds(s, role, weights[s.fold])) for s in samples]
        pairs = [(each, best) for each in (-1.0, -0.6, -0.3, 0.0, 0.3, 0.6) for best in BEST if best <= each]
        figures = {
            pair: mean([score(s, role, z, *pair) for s, z in told if s.file in ("train", "written")])
            for pair in pairs
        }
        bounds[role] = max(figures, key=lambda pair: figures[pair])
        shown = {f: mean([score(s, role, z, *bounds[role]) for s, z in told if s.file == f]) for f in FILES}
        whole = round(figures[bounds[role]], 3)
        print(role, bounds[role], "train+written", whole, {f: round(v, 3) for f, v in shown.items()})
    if options.write:
        write({role: fit(samples, role) for role in fitting}, bounds)


def write(found: dict[Role, dict[str, float]], bounds: dict[Role, tuple[float, float]]) -> None:
    if len(found) < len(ROLES):
        kept = word_lists("argument_weights")
        found = {role: found.get(role) or kept[role] for role in ROLES}
        bounds = {role: bounds.get(role) or tuple(kept["thresholds"][role].values()) for role in ROLES}
    lines = ["# Log odds that a stretch with this mark plays the role; fitted by bench/fit_arguments.py."]
    lines += ["thresholds:"]
    lines += [f"  {role}: {{each: {each}, best: {best}}}" for role, (each, best) in bounds.items()]
    for role, weight in found.items():
        lines.append(f"{role}:")
        lines += [f"  {quoted(m)}: {w:.2f}" for m, w in sorted(weight.items())]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
