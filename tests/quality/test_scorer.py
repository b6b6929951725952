"""Our scorer against the reference scorer, on gold records that were spoilt at random."""

import copy
import json
import random

import msgspec
import pytest
from measure import SETS
from reference_scorer import reference_scorer

from rallybook.evaluation.labelled import load
from rallybook.evaluation.records_score import score

_FIELDS = (
    "form", "status", "focus", "umbrella", "date", "place", "size", "response", "harm", "participants",
    "claims", "quote",
)  # fmt: skip


def _spoilt(chance, events, pool):
    spoilt = []
    for event in events:
        if chance.random() < 0.12:
            continue
        copied = {
            key: copy.deepcopy(value) for key, value in event.items() if key not in {"also", "optional"}
        }
        other = chance.choice(pool)
        for field in _FIELDS:
            if chance.random() < 0.12:
                copied[field] = copy.deepcopy(other.get(field))
            elif chance.random() < 0.03:
                copied.pop(field, None)
        spoilt += [copied] * (1 + (chance.random() < 0.1))
    while chance.random() < 0.2:
        spoilt.append(chance.choice(pool))
    chance.shuffle(spoilt)
    return spoilt


@pytest.mark.parametrize("seed", range(20))
def test_both_scorers_give_the_same_figures_to_the_last_digit(seed, tmp_path):
    reference = reference_scorer()
    rows = [json.loads(line) for name in SETS for line in SETS[name].read_text().splitlines()]
    pool = [event for row in rows for event in row["events"]]
    chance = random.Random(seed)
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_text("\n".join(map(json.dumps, rows)))
    guesses = [
        {"id": row["id"], "events": _spoilt(chance, row["events"], pool)}
        for row in rows
        if chance.random() < 0.95
    ]
    predicted.write_text("\n".join(map(json.dumps, guesses)))
    theirs, errors = reference.score(reference.load(str(gold)), reference.load(str(predicted)))
    assert msgspec.to_builtins(score(load(gold), load(predicted))) == theirs
    assert errors
