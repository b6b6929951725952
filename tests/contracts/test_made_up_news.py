"""The generator of made-up news keeps what benches and tests rest on: a seed, known shares, known truth."""

import gzip
import random
from collections import Counter

import pytest
from made_up_news.archive import archive
from made_up_news.events import cities
from made_up_news.markup import page
from made_up_news.stream import stream
from made_up_news.wording import wording

from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.model.record import FORMS
from rallybook.sources.files import FileSource

KINDS = {"wire", "copy", "update", "retelling", "follow-up", "plan"}


@pytest.fixture(scope="module")
def news():
    happened, told = stream(4_000, seed=6, protest_share=0.1)
    return happened, list(told)


def test_the_same_seed_gives_the_same_news_and_another_one_others():
    (events, told), (again, told_again), (_, others) = (stream(200, seed=seed) for seed in (1, 1, 2))
    first = list(told)
    assert events == again
    assert first == list(told_again)
    assert first != list(others)


def test_the_shares_are_those_that_were_asked_for(news):
    _, told = news
    kinds = Counter("protest" if one.events else one.kind for one in told)
    assert len(told) == 4_000
    assert kinds["protest"] == 400
    assert 0.07 < kinds["foreign"] / len(told) < 0.11
    assert kinds["background"] > 5
    assert set(wording("other_news")["topics"]) < set(kinds)


def test_every_way_of_telling_occurs_and_every_event_told_is_one_that_happened(news):
    happened, told = news
    known = {event.id: event for event in happened}
    assert {one.kind for one in told if one.events} == KINDS
    assert {event for one in told for event in (*one.events, *one.background)} <= known.keys()
    assert {event.form for event in happened} <= set(FORMS)
    assert len({event.city for event in happened}) > 50
    for one in told:
        for event in one.events:
            early = one.kind == "plan"
            assert (one.published < known[event].day) == early


def test_copies_have_the_words_of_their_wire_and_retellings_their_own(news):
    _, told = news
    wires = {one.events: one for one in told if one.kind == "wire"}
    copies = [one for one in told if one.kind == "copy"]
    assert all(wires[one.events].text.startswith(one.text) for one in copies)
    updates = [one for one in told if one.kind == "update"]
    assert all(
        one.text != wires[one.events].text and one.source == wires[one.events].source for one in updates
    )
    retold = [one for one in told if one.kind == "retelling"]
    assert len({one.text for one in retold}) == len(retold)


def test_other_news_has_words_that_mean_a_protest_elsewhere(news):
    _, told = news
    other = " ".join(one.text.lower() for one in told if not one.events and one.language == "en")
    for trap in ("strike", "rally", "rallied", "marched", "march", "demonstration", "protest", "occupied"):
        assert trap in other


def test_pages_come_in_many_layouts_and_encodings(news):
    _, told = news
    chance = random.Random(1)
    pages = [page(one, number, chance, kilobytes=1) for number, one in enumerate(told[:600])]
    charsets = {one.charset for one in pages}
    assert {"utf-8", "", "windows-1252"} <= charsets
    raw = b"".join(one.raw for one in pages)
    for mark in (b"<article", b"<table width", b"story-body", b'id="comments"', b"ad-slot", b"<nav>"):
        assert mark in raw
    assert len({one.url for one in pages}) == len(pages)


@pytest.mark.parametrize("kind", [".warc", ".warc.gz", ".warc.zst"])
def test_an_archive_is_read_as_it_was_told(tmp_path, kind):
    path = tmp_path / f"news{kind}"
    held = list(archive(path, stream(150, seed=8, protest_share=0.2)[1], damaged=0, kilobytes=1))
    items = list(FileSource([str(path)]).articles())
    read = {item.url: item for item in items if isinstance(item, Article)}
    assert not [item for item in items if isinstance(item, Failure)]
    assert read.keys() == {one.url for one in held}
    for one in held:
        article = read[one.url]
        assert article.published == one.told.published
        assert article.source == one.told.source
        # between the paragraphs there may be an advert or a link to another story
        for part in one.told.text.split("\n") if one.told.events else ():
            assert part in article.text


def test_damaged_records_are_as_many_as_were_asked_for_and_the_rest_can_be_read(tmp_path):
    path = tmp_path / "news.warc.gz"
    held = list(archive(path, stream(300, seed=8)[1], damaged=0.05, kilobytes=1))
    whole = {one.url for one in held if not one.damaged}
    assert 5 < len(held) - len(whole) < 30
    read = {item.url for item in FileSource([str(path)]).articles() if isinstance(item, Article)}
    assert read == whole
    with pytest.raises((OSError, EOFError, ValueError, gzip.zlib.error)):
        gzip.decompress(path.read_bytes())


def test_the_cities_are_places_that_the_gazetteer_knows():
    from rallybook.grounding.gazetteer import CompiledGazetteer  # noqa: PLC0415

    gazetteer = CompiledGazetteer()
    unknown = [
        (name, country)
        for name, country in cities()
        if country not in {place.country for place in gazetteer.named(name)}
    ]
    assert unknown == []
