"""Makes articles labelled by the codebook of tactics out of rallybook's own, to try the training with.

    python examples/own-codebook/relabel.py labelled/articles.jsonl > tactics.jsonl

Your own articles need no such program: you label them by your codebook.
"""

import json
import sys
from pathlib import Path

TACTICS = {
    "rally": "standing", "vigil": "standing", "human_chain": "standing", "symbolic": "standing", "sit_in": "standing",
    "march": "moving", "caravan": "moving",
    "strike": "withholding", "walkout": "withholding", "hunger_strike": "withholding", "boycott": "withholding",
    "blockade": "disruption", "occupation": "disruption", "riot": "disruption",
}  # fmt: skip

with Path(sys.argv[1]).open(encoding="utf-8") as lines:
    for line in lines:
        article = json.loads(line)
        article["events"] = [
            {
                "form": TACTICS[event["form"]],
                "status": event["status"],
                "trigger": event["trigger"],
                "quote": event["quote"],
                "actors": event["participants"],
                "reasons": event["claims"],
            }
            for event in article["events"]
            if event["form"] in TACTICS
        ]
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")
