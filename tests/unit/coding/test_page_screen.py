import json
import random
from pathlib import Path

import pytest
from made_up_news.markup import page
from made_up_news.stream import FIRST, stream
from made_up_news.telling import Told

from rallybook.coding.page_screen import PageScreen
from rallybook.coding.pipeline import EventCoder
from rallybook.coding.screen import worth_reading
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.sources.encodings import decode_page
from rallybook.sources.page_words import words_of
from rallybook.sources.pages import from_page, tree_of

EXAMPLES = Path(__file__).parents[3] / "examples" / "articles" / "news.jsonl"


@pytest.mark.parametrize(
    ("pieces", "why"),
    [
        (["Hundreds of teachers marched through Accra on Sunday to demand higher pay."], ""),
        (["Pay", "Protest in Accra"], ""),
        (["The council of the town voted on Tuesday to repair the bridge over the river."], "words"),
        ([], "words"),
        (["Der Stadtrat hat am Montag über den Haushalt beraten und die Entscheidung vertagt."], "language"),
        (
            [
                "Der Stadtrat hat am Montag über den Haushalt beraten und die Entscheidung über die Schulen vertagt.",
                "Hundreds of teachers marched through Accra on Sunday to demand higher pay.",
            ],
            "",
        ),
    ],
)
def test_why_a_page_is_not_read(pieces, why):
    assert PageScreen().of_page(pieces) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hundreds of teachers marched through Accra on Sunday to demand higher pay.", ""),
        ("The council of the town voted on Tuesday to repair the bridge over the river.", "words"),
        ("Der Stadtrat hat am Montag über den Haushalt beraten und die Entscheidung vertagt.", "language"),
        ("1 2 3", "language"),
    ],
)
def test_of_a_main_text_the_screen_says_what_the_coder_would(text, why):
    assert PageScreen().of_text(text) == why
    coded = EventCoder(tags=False).code(Article(id="a", text=text))
    assert bool(coded.failures) == (why == "language")
    assert why == "" or not coded.events


def _gates(text):
    """Give what the gate of pages and the gate of articles say of a page."""
    return not PageScreen().of_page(words_of(tree_of(text, "page"))), worth_reading(
        read(from_page(text, "page")).text
    )


def _text(made):
    return decode_page(made.raw, made.charset)


def test_no_made_up_page_is_held_back_that_the_coder_would_read():
    chance = random.Random(1)
    _, told = stream(150, seed=2, protest_share=0.3, foreign_share=0)
    both = [_gates(_text(page(one, number, chance))) for number, one in enumerate(told)]
    assert sum(second for _, second in both) > 40
    assert [number for number, (first, second) in enumerate(both) if second and not first] == []
    assert sum(not first for first, _ in both) > 40


def test_no_example_is_held_back_whatever_page_it_stands_in():
    chance = random.Random(3)
    rows = [json.loads(row) for row in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    for number, row in enumerate(rows):
        told = Told(
            "", row.get("title", ""), row["text"], chance.choice(["World Desk", "Plain Facts"]), FIRST
        )
        first, second = _gates(_text(page(told, number, chance)))
        assert first >= second, row["id"]


def test_words_that_fell_apart_in_the_page_are_mended_before_they_are_weighed():
    words = "Hundreds of teachers pro\u00adtested in front of the min\u00adistry in Accra on Sunday."
    assert PageScreen().of_page([words]) == ""
