"""Are the probabilities what they say: a reliability diagram, the calibration error, and what a bound on them gives.

    RALLYBOOK_DATA=../shared/data python bench/calibration.py [--write]

Codes `dev` and `dev_written` with every act kept and pairs the records with the labelled ones. The expected calibration
error (Naeini et al. 2015) is the mean distance of a bin's mean probability from its share of right records, ten bins of
like width, weighed by their records; over the records that rallybook gives (those above its own bounds) and over all.
`--write` draws the diagram into docs/pictures.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rallybook.api import code_all, read
from rallybook.evaluation.labelled import Labelled, as_labelled, load
from rallybook.evaluation.pairing import pairs
from rallybook.evaluation.records_score import score

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data")) / "protest_records"
PICTURE = Path(__file__).parents[1] / "docs" / "pictures" / "reliability.svg"
SETS = ("dev", "dev_written")
BINS = 10
BOUNDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
Told = dict[str, list[tuple[float, Labelled]]]
Answers = list[tuple[float, bool]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="draw the diagram into docs/pictures")
    options = parser.parse_args()
    gold = load(DATA / f"{SETS[0]}.jsonl") | load(DATA / f"{SETS[1]}.jsonl")
    told = coded(0.0)
    answers, given = judged(gold, told), judged(gold, coded(None))
    print(f"expected calibration error: {error(given):.3f} over {len(given)} records that are given, "
          f"{error(answers):.3f} over all {len(answers)} acts\n")  # fmt: skip
    print("| probability | acts | mean | share right |\n|---|---|---|---|")
    for low, high, mean, share, count in bins(answers):
        print(f"| {low:.1f} to {high:.1f} | {count} | {mean:.2f} | {share:.2f} |")
    print("\n| --min-confidence | precision | recall | F1 |\n|---|---|---|---|")
    for bound in BOUNDS:
        kept = {name: tuple(record for p, record in row if p >= bound) for name, row in told.items()}
        found = score(gold, kept).detect
        print(f"| {bound:g} | {found.P:.3f} | {found.R:.3f} | {found.F1:.3f} |")
    if options.write:
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(diagram(answers), "utf-8")


def coded(min_confidence: float | None) -> Told:
    """Give the records of each article, each with its probability."""
    articles = read(*(DATA / f"{name}.jsonl" for name in SETS))
    return {
        article.id: [(event.confidence["record"], as_labelled(event)) for event in article.events]
        for article in code_all(articles, min_confidence=min_confidence)
    }


def judged(gold: dict[str, tuple[Labelled, ...]], told: Told) -> Answers:
    """Give the probability of each record, and whether a labelled one stands for it."""
    found: Answers = []
    for name, row in told.items():
        paired = {number for _, number in pairs(gold[name], [record for _, record in row])}
        found += [(p, number in paired) for number, (p, _) in enumerate(row)]
    return found


def bins(answers: Answers) -> list[tuple[float, float, float, float, int]]:
    """Give lowest, highest, mean probability, share of right ones and count of each bin that holds any."""
    found = []
    for n in range(BINS):
        held = [(p, y) for p, y in answers if n == min(int(p * BINS), BINS - 1)]
        if held:
            mean, share = (sum(row[i] for row in held) / len(held) for i in (0, 1))
            found.append((n / BINS, (n + 1) / BINS, mean, share, len(held)))
    return found


def error(answers: Answers) -> float:
    return sum(count * abs(mean - share) for _, _, mean, share, count in bins(answers)) / max(len(answers), 1)


def diagram(answers: Answers) -> str:
    """Give the reliability diagram as SVG: bars of what was right, the diagonal of what was said."""
    size, edge = 320, 48
    most = max(count for *_, count in bins(answers))

    def x(p: float) -> float:
        return edge + p * size

    def y(p: float) -> float:
        return edge / 2 + (1 - p) * size

    parts = [f'<rect x="{edge}" y="{edge / 2}" width="{size}" height="{size}" fill="#fff" stroke="#888"/>']
    for low, high, mean, share, count in bins(answers):
        width = (high - low) * size - 6
        parts.append(
            f'<rect x="{x(low) + 3:.1f}" y="{y(share):.1f}" width="{width:.1f}" height="{share * size:.1f}" '
            f'fill="#3b6ea5" fill-opacity="{0.35 + 0.65 * count / most:.2f}"/>'
        )
        parts.append(f'<circle cx="{x(mean):.1f}" cy="{y(share):.1f}" r="4" fill="#c8452f"/>')
        parts.append(f'<text x="{x((low + high) / 2):.1f}" y="{y(0) - 6:.1f}" class="n">{count}</text>')
    parts.append(
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#333" stroke-dasharray="5 4"/>'
    )
    parts += labels(x, y)
    style = "text{font:12px sans-serif;fill:#222;text-anchor:middle}.n{font-size:10px;fill:#fff}"
    box = f"0 0 {size + 2 * edge} {size + 2 * edge}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" aria-label="Reliability diagram">'
        f'<style>{style}</style><rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def labels(x: Callable[[float], float], y: Callable[[float], float]) -> Sequence[str]:
    ticks = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    found = [f'<text x="{x(t):.1f}" y="{y(0) + 18:.1f}">{t:g}</text>' for t in ticks]
    found += [f'<text x="{x(0) - 16:.1f}" y="{y(t) + 4:.1f}">{t:g}</text>' for t in ticks]
    found.append(f'<text x="{x(0.5):.1f}" y="{y(0) + 40:.1f}">confidence of the record</text>')
    turned = f"rotate(-90 14 {y(0.5):.1f})"
    return [*found, f'<text x="14" y="{y(0.5):.1f}" transform="{turned}">share that was right</text>']


if __name__ == "__main__":
    main()
