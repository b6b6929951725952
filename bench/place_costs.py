"""What places cost against the length of a text: repeated names, endless names, lists, capitals.

`python bench/place_costs.py` prints the seconds for texts of growing length; twice the text should take twice as long.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from rallybook.grounding.anaphora import with_anaphora
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.places import Geoparser, context_place
from rallybook.grounding.sites import sites
from rallybook.grounding.unlisted import with_unlisted
from rallybook.model.article import Article
from rallybook.model.reading import Reading

LENGTHS = (50_000, 100_000, 200_000, 400_000, 800_000)
TEXTS: dict[str, Callable[[int], str]] = {
    "one name": lambda n: "A" * n,
    "one name in capitals and spaces": lambda n: "Aa " * (n // 3),
    "Paris again and again": lambda n: "They met in Paris. " * (n // 19),
    "Paris, Paris, Paris": lambda n: "Paris, " * (n // 7),
    "Springfield, Illinois": lambda n: "Springfield, Illinois " * (n // 22),
    "New New New": lambda n: "New " * (n // 4),
    "San San San": lambda n: "San " * (n // 4),
    "identical lines": lambda n: "A march in Lagos on Monday\n" * (n // 27),
    "dots": lambda n: "U.S." * (n // 4),
    "blanks": lambda n: "Paris" + " " * n + "Texas",
    "the street of the street": lambda n: "in the street of the " * (n // 21),
    "the capital of": lambda n: "the capital of " * (n // 15),
    "of the, of the": lambda n: "University of the " * (n // 18),
    "hyphens": lambda n: "Stoke-on-" * (n // 9),
    "across the country": lambda n: "across the country from Kenya " * (n // 30),
    "names of no gazetteer": lambda n: "They met in Qorrubazz, in Kenya. " * (n // 33),
    "people": lambda n: "John Paris Smith " * (n // 17),
}


def main() -> None:
    gazetteer = CompiledGazetteer()
    geoparser = Geoparser(gazetteer)
    print("| text | " + " | ".join(f"{n // 1000} kB" for n in LENGTHS) + " |")
    print("|---" * (len(LENGTHS) + 1) + "|")
    for what, text_of in TEXTS.items():
        cells = []
        for length in LENGTHS:
            text = text_of(length)
            reading = Reading(Article(id="cost", text=text), text)
            began = time.process_time()
            toponyms = geoparser.toponyms(reading)
            toponyms = with_anaphora(text, toponyms, context_place(reading, toponyms), gazetteer)
            sites(reading, toponyms)
            with_unlisted(text, toponyms, gazetteer)
            cells.append(f"{time.process_time() - began:.2f}")
        print(f"| {what} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
