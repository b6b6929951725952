"""How well the trigger tagger covers labelled protest records, and how fast it is.

RALLYBOOK_DATA names the folder of labelled data (default ../shared/data). With --misses N it lists records
without a trigger of the right kind (never from the two development sets).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rallybook.coding.screen import worth_reading
from rallybook.coding.triggers import triggers
from rallybook.grounding.sentences import sentences
from rallybook.model.mention import Trigger

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
KIND = {
    "rally": "gathering", "vigil": "gathering", "human_chain": "gathering", "symbolic": "gathering",
    "sit_in": "occupation", "occupation": "occupation", "march": "march", "caravan": "march",
    "strike": "strike", "walkout": "strike", "hunger_strike": "hunger", "boycott": "boycott",
    "blockade": "blockade", "riot": "riot", "other": "other",
}  # fmt: skip
TRAIN = ("train", "written", "stories", "sentences")
DEV = ("dev", "dev_written")
NEGATIVES = (
    "places/lgl", "places/trnews", "places/geovirus", "dates/timebank", "relevance/glocon_documents",
)  # fmt: skip


def rows(name: str) -> list[dict]:
    path = DATA / f"{name}.jsonl"
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def located(text: str, words: str, near: int = 0) -> tuple[int, int] | None:
    at = text.find(words, near) if words else -1
    if at < 0 and words:
        at = text.find(words)
    return (at, at + len(words)) if at >= 0 else None


def overlap(found: tuple[Trigger, ...], spans: list[tuple[int, int]]) -> list[Trigger]:
    return [t for t in found if any(t.start < end and t.end > start for start, end in spans)]


def spans_of(text: str, event: dict) -> list[tuple[int, int]]:
    quote = located(text, event["quote"])
    trigger = located(text, event["trigger"], quote[0] if quote else 0)
    return [span for span in (quote, trigger) if span]


def right_kind(hits: list[Trigger], event: dict) -> bool:
    forms = [event["form"], *event.get("also", {}).get("form", [])]
    return any(KIND[hit.form] == KIND[form] for hit in hits for form in forms)


def measure(name: str, misses: int) -> None:
    tally: Counter[str] = Counter()
    by_form: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for row in rows(f"protest_records/{name}"):
        text = row["text"]
        found = triggers(text)
        passed = worth_reading(text)
        tally["articles"] += 1
        if not row["events"]:
            tally["empty"] += 1
            tally["empty read"] += passed
            tally["empty strong"] += sum(t.strong for t in found)
            tally["empty weak"] += sum(not t.strong for t in found)
            continue
        tally["full"] += 1
        tally["full read"] += passed
        gold = []
        for event in row["events"]:
            spans = spans_of(text, event)
            gold += spans
            hits = overlap(found, spans)
            on_trigger = overlap(found, spans[1:]) if len(spans) > 1 else []
            form = by_form.setdefault(event["form"], Counter())
            right = right_kind(hits, event)
            for count in (tally, form):
                count["records"] += 1
                count["hit"] += bool(hits)
                count["kind"] += right
                count["strong"] += any(t.strong for t in hits)
                count["on trigger"] += bool(on_trigger)
            if not right:
                forms = ",".join(f"{t.form}:{t.text!r}" for t in hits)
                wrong.append(
                    f"{event['form']:<12} [{event['trigger']}] got {forms or '-'} | {event['quote'][:160]}"
                )
        precision(text, found, gold, tally)
    report(name, tally, by_form)
    if misses and name not in DEV:
        print("\n".join(wrong[:misses]))


def precision(
    text: str, found: tuple[Trigger, ...], gold: list[tuple[int, int]], tally: Counter[str]
) -> None:
    held = [s for s in sentences(text) if any(s.start < end and s.end > start for start, end in gold)]
    for trigger in found:
        grade = "strong" if trigger.strong else "weak"
        tally[f"{grade} triggers"] += 1
        tally[f"{grade} in gold"] += any(s.start <= trigger.start < s.end for s in held)


def share(count: Counter[str], part: str, whole: str) -> str:
    return f"{count[part] / count[whole]:.3f}" if count[whole] else "-"


def report(name: str, tally: Counter[str], by_form: dict[str, Counter[str]]) -> None:
    print(f"\n== {name}: {tally['articles']} articles, {tally['records']} records")
    print(
        f"  trigger in quote {share(tally, 'hit', 'records')}  right kind {share(tally, 'kind', 'records')}"
        f"  strong {share(tally, 'strong', 'records')}"
        f"  on gold trigger {share(tally, 'on trigger', 'records')}"
    )
    print(
        f"  in a gold sentence: strong {share(tally, 'strong in gold', 'strong triggers')}"
        f" of {tally['strong triggers']}, weak {share(tally, 'weak in gold', 'weak triggers')}"
        f" of {tally['weak triggers']}"
    )
    print(
        f"  articles without event {tally['empty']}: read {share(tally, 'empty read', 'empty')},"
        f" strong each {share(tally, 'empty strong', 'empty')},"
        f" weak each {share(tally, 'empty weak', 'empty')}"
    )
    print(f"  articles with events read {share(tally, 'full read', 'full')}")
    print(
        "  "
        + "  ".join(
            f"{form} {share(c, 'kind', 'records')}/{c['records']}" for form, c in sorted(by_form.items())
        )
    )


def texts(name: str) -> Iterator[str]:
    for row in rows(name):
        if not (name.startswith("relevance") and row.get("label")):
            yield row.get("text") or row.get("sentence") or ""


def negatives() -> None:
    print("\n== other news (no protest labels: some do report one)")
    for name in NEGATIVES:
        read = [worth_reading(text) for text in texts(name)]
        found = [t for text in texts(name) for t in triggers(text)]
        strong = sum(t.strong for t in found)
        print(
            f"  {name}: {len(read)} texts, read {sum(read) / len(read):.3f}, "
            f"strong each {strong / len(read):.2f}, weak each {(len(found) - strong) / len(read):.2f}"
        )


def speed() -> None:
    corpus = "\n\n".join(row["text"] for row in rows("protest_records/train"))
    articles = [corpus[at : at + 2500] for at in range(0, len(corpus), 2500)]
    others = "\n\n".join(texts("places/lgl"))
    plain = [others[at : at + 2500] for at in range(0, len(others), 2500)]
    for name, work, batch in (
        ("triggers", triggers, articles),
        ("triggers, other news", triggers, plain),
        ("worth_reading", worth_reading, articles),
        ("worth_reading, other news", worth_reading, plain),
    ):
        for text in batch:
            work(text)
        start = time.process_time()
        for text in batch:
            work(text)
        each = (time.process_time() - start) / len(batch)
        print(f"  {name}: {each * 1000:.3f} ms per 2,500 characters, {1 / each:,.0f} articles/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[*TRAIN, *DEV])
    parser.add_argument("--no-others", action="store_true")
    options = parser.parse_args()
    for name in options.only:
        measure(name, options.misses)
    if not options.no_others:
        negatives()
        print("\n== speed (processor time)")
        speed()


if __name__ == "__main__":
    main()
