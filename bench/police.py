"""What police did, sentence by sentence, against IndiaPoliceEvents, beside keyword lists and a trained model.

The sentences are read one by one, as the keyword lists read them. Documents are dealt into two halves by their
number: errors were read in the first only. The trained model learns from the one half and is measured on the
other; it shows what labels of this very outlet are worth.

RALLYBOOK_DATA names the folder of the labelled data (default ../shared/data).
"""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rallybook.grounding.police_acts import police_acts
from rallybook.model.article import Article
from rallybook.model.reading import Reading

DATA = Path(os.environ.get("RALLYBOOK_DATA", "../shared/data"))
LABELS = {"any": "ANY_ACTION", "arrests": "ARREST", "force": "FORCE", "killed": "KILL"}
Row = dict[str, Any]
Labels = frozenset[str]

# Keyword lists in the manner of the set's authors: a word for police and a word for the act in one sentence
POLICE = (
    "police|policemen|cop|cops|constables|jawans?|grp |cid |rpf |stf |bsf |dcp |dsp |ssp |sho |cisf |dgp "
)
KEYWORDS = {
    "any": "",
    "arrests": "arrest|nab|detain|book|charge-?sheet|apprehend|seiz|collar",
    "killed": "kill|lynch|annihilat|drown|massacre|slaughter|butcher|poison|exterminat|strangl|impal|murder|execut",
    "force": "fire|firing|stone-pelt|pelt|beat|whip|bash|chok|wound|strong-arm|lash|trounc|cane|caning|thrash"
    "|clobber|spank|paddl|hit|whack|pummel|club|shoot|shot|suffocat|kill|lynch|massacre|murder|slaughter|butcher",
}


def half(row: Row) -> int:
    return zlib.crc32(str(row["doc_id"]).encode()) % 2


def ours(text: str) -> Labels:
    acts = {one.act for one in police_acts(Reading(Article(id="", text=text), text))}
    return frozenset({"any", *acts} if acts else ())


def keywords(text: str) -> Labels:
    low = text.lower()
    if not re.search(POLICE, low):
        return frozenset()
    return frozenset(name for name, pattern in KEYWORDS.items() if re.search(pattern, low))


def trained(rows: Sequence[Row]) -> list[Labels] | None:
    """Give the labels of TF-IDF and logistic regression, each half by a model of the other."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    except ImportError:
        print("scikit-learn is not installed: the trained model is left out")
        return None
    given: list[set[str]] = [set() for _ in rows]
    for part in (0, 1):
        learn = [row for row in rows if half(row) != part]
        held = [number for number, row in enumerate(rows) if half(row) == part]
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        seen = words.fit_transform([row["text"] for row in learn])
        unseen = words.transform([rows[number]["text"] for number in held])
        for name, label in LABELS.items():
            model = LogisticRegression(C=10, class_weight="balanced", max_iter=500)
            model.fit(seen, [label in row["labels"] for row in learn])
            for number, told in zip(held, model.predict(unseen), strict=True):
                if told:
                    given[number].add(name)
    return [frozenset(one) for one in given]


def figures(rows: Sequence[Row], given: Sequence[Labels], name: str, parts: tuple[int, ...]) -> str:
    """Give precision, recall and F1 of one act on some halves."""
    pairs = [
        (name in told, LABELS[name] in row["labels"])
        for row, told in zip(rows, given, strict=True)
        if half(row) in parts
    ]
    right = sum(mine and gold for mine, gold in pairs)
    mine, gold = sum(one for one, _ in pairs), sum(one for _, one in pairs)
    precision, recall = right / max(mine, 1), right / max(gold, 1)
    return f"{precision:.2f} / {recall:.2f} / **{2 * right / max(mine + gold, 1):.2f}**"


def main() -> None:
    rows = [
        json.loads(line)
        for line in (DATA / "police_response/indiapolice_sentences.jsonl").read_text("utf-8").splitlines()
    ]
    readers: dict[str, Callable[[str], Labels]] = {"rallybook": ours, "keyword lists": keywords}
    results = {name: [reader(row["text"]) for row in rows] for name, reader in readers.items()}
    if (model := trained(rows)) is not None:
        results["TF-IDF and logistic regression, other half"] = model
    for title, parts in (("all", (0, 1)), ("half whose errors were read", (0,)), ("half never read", (1,))):
        print(f"\n{title}: precision / recall / F1\n")
        print(f"| reader | {' | '.join(LABELS)} |\n|---|{'---|' * len(LABELS)}")
        for name, given in results.items():
            print(f"| {name} | {' | '.join(figures(rows, given, act, parts) for act in LABELS)} |")
    if "--show" in sys.argv:
        for row, told in zip(rows, results["rallybook"], strict=True):
            gold = {name for name, label in LABELS.items() if label in row["labels"]}
            if half(row) == 0 and gold != told:
                print(f"  {sorted(gold)} read as {sorted(told)}: {row['text'][:300]!r}")


if __name__ == "__main__":
    main()
