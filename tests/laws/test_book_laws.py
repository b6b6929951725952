"""Laws 3, 4, 5 and 7 of the book: adding twice adds nothing, order is of no account, decisions can be carried over."""

import itertools
import random

import msgspec
import pytest
from fake_linker import FakeLinker
from found_examples import VIGIL, finding, vigil_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_examples import decision, post, read

from rallybook import api
from rallybook.book import relinking
from rallybook.book.choosing import open_book
from rallybook.model.decision import Decision
from rallybook.model.event import Report

# a name is new each time that it is asked for
_LAW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
_RECORDS = [f"x{number}-1" for number in range(6)]
_articles = st.lists(
    st.tuples(
        st.sampled_from(["Oban", "Leeds"]),
        st.sampled_from(["2024-05-12", "2024-05-13"]),
        st.sampled_from(["", VIGIL, "(Wire)", "(Agency)"]),
        # two that look alike, and one like none of them; some posts are older than the events of others
        st.sampled_from(["", "00ff00ff00ff00ff", "00ff00ff00ff000f", "ffffffff00000000"]),
        st.sampled_from(["2024-05-01", "2024-05-13"]),
    ),
    min_size=1,
    max_size=6,
).map(
    lambda facts: [
        post(f"x{n}", picture, posted=posted, place=place, day=day, words=words)
        for n, (place, day, words, picture, posted) in enumerate(facts)
    ]
)
# what is joined and what is parted are others, so that no decision contradicts another
_JOINED, _PARTED = (list(itertools.combinations(some, 2)) for some in (_RECORDS[:3], _RECORDS[3:]))


@st.composite
def _decisions(draw):
    """Decisions of all kinds that do not go in circles."""
    made = []
    for minute in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["same", "different", "correct", "reject", "restore", "found"]))
        if kind in ("same", "different"):
            pairs = _JOINED if kind == "same" else _PARTED
            made.append(decision(kind, *draw(st.sampled_from(pairs)), minute=minute))
        elif kind == "correct":
            form = draw(st.sampled_from(["march", "vigil"]))
            made.append(
                decision(kind, draw(st.sampled_from(_RECORDS)), minute=minute, field="form", value=form)
            )
        elif kind == "found":
            name = draw(st.sampled_from(["x0", "x1"]))
            made.append(finding(name, withdrawn=draw(st.booleans()), minute=minute))
        else:
            judged = st.sampled_from([*_RECORDS, vigil_of("x0")])
            made.append(decision(kind, draw(judged), minute=minute))
    return made


def _book(new_name, steps):
    """Do steps in a new book, linking after each; give its events as far as order must not matter."""
    book = open_book(new_name(), FakeLinker())
    for step in steps:
        if isinstance(step, Decision):
            book.decide([step])
        else:
            book.keep([step])
            book.link()
    found = _told(book)
    decided = book.decisions()
    book.close()
    return found, decided


def _told(book):
    return {msgspec.structs.replace(event, id="", revision=0) for event in map(_hashable, book.events())}


def _hashable(event):
    return msgspec.structs.replace(
        event,
        records=tuple((t.record, t.copy_of, t.recycled) for t in event.records),
        support=(),
        confidence=(),
    )


@_LAW
@given(articles=_articles, decisions=_decisions(), data=st.data())
def test_events_do_not_depend_on_the_order_in_which_things_come(new_name, articles, decisions, data):
    steps = [*articles, *decisions]
    assert _book(new_name, steps)[0] == _book(new_name, data.draw(st.permutations(steps)))[0]


@_LAW
@given(articles=_articles, decisions=_decisions())
def test_adding_and_deciding_twice_adds_nothing(new_name, articles, decisions):
    book = open_book(new_name(), FakeLinker())
    for _ in range(2):
        added = book.keep(articles)
        decided = book.decide(decisions)
        book.link()
        found = list(book.events())
    assert (added.new, added.records, decided) == (0, 0, 0)
    assert book.link(everything=True) == sum(len(book.read_in(article.id)) for article, _ in articles)
    assert list(book.events()) == found
    book.close()


@_LAW
@given(articles=_articles, decisions=_decisions())
def test_decisions_that_are_carried_over_give_the_same_events(new_name, articles, decisions):
    found, decided = _book(new_name, [*articles, *decisions])
    lines = [msgspec.json.encode(one) for one in decided]
    other = open_book(new_name(), FakeLinker())
    other.keep(articles)
    other.decide([msgspec.json.decode(line, type=Decision) for line in lines])
    other.link()
    assert _told(other) == found
    other.close()


def _news(seed):
    """Sixty articles on protests that are told in several ways, in three cities on four days."""
    chance = random.Random(seed)
    made = []
    for number in range(60):
        group, where = (
            chance.choice(("nurses", "miners", "farmers", "students")),
            chance.choice(("Oban", "Leeds", "Tomsk")),
        )
        claims = (f"better {chance.choice(('pay', 'roads', 'schools'))} for {group}",)
        facts = {
            "place": where,
            "day": chance.choice(("2024-05-11", "2024-05-12", "2024-05-13", "2024-05", "")),
            "form": chance.choice(("rally", "march", "strike")),
            "size": chance.choice((None, 300, (250, 400))),
            "precision": chance.choice(("city", "city", "city", "region", "country")),
            "quote": f"{group.capitalize()} came out in {where} for {claims[0]}.",
        }
        made.append(read(f"x{number}", **facts, claims=claims, participants=(group,)))
    return made


def _linked(new_name, steps):
    """Add articles step by step with the bundled linker; give the records of each event."""
    book = open_book(new_name(), api.linker())
    for articles in steps:
        book.keep(articles)
        book.link()
    found = {tuple(sorted(telling.record for telling in event.records)) for event in book.events()}
    book.close()
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_bundled_linker_gives_the_same_events_at_once_and_one_by_one_and_without_a_book(new_name, seed):
    made = _news(seed)
    other = random.Random(seed).sample(made, len(made))
    reports = [
        Report(
            record=coded.events[0], article=one.id, published=one.published, source=one.source, url=one.url
        )
        for one, coded in made
    ]
    whole = set(api.linker().clusters(reports, ()))
    assert len(whole) < len(made)
    parts = [other[n : n + 5] for n in range(0, len(made), 5)]
    assert _linked(new_name, [made]) == _linked(new_name, parts) == whole


def _dense_news(seed):
    """A hundred articles of one city and its country within three days, alike in much: each is near many others."""
    chance = random.Random(seed)
    made = []
    for number in range(100):
        who = chance.sample(("nurses", "miners", "farmers", "students", "drivers", "tenants"), 2)
        wants = (
            f"{chance.choice(('pay', 'roads', 'schools', 'rents'))} and {chance.choice(('rest', 'safety'))}"
        )
        facts = {
            "place": chance.choice(("Oban", "Oban", "Leeds")),
            "day": chance.choice(("2024-05-11", "2024-05-12", "2024-05-13", "2024-05")),
            "form": chance.choice(("rally", "march", "strike", "vigil")),
            "size": chance.choice((None, 30, 300, 5_000)),
            "precision": chance.choice(("city", "city", "city", "country")),
            "quote": f"{who[0].capitalize()} and {who[1]} came out for {wants}.",
        }
        made.append(read(f"x{number}", **facts, claims=(wants,), participants=tuple(who)))
    return made


@pytest.mark.parametrize("seed", range(4))
def test_events_are_what_clustering_all_at_once_gives_however_the_records_came(seed, new_name, monkeypatch):
    made = _dense_news(seed)
    chance = random.Random(seed)
    steps, rest = [], chance.sample(made, len(made))
    while rest:
        size = chance.choice((1, 3, 10, 30))
        steps, rest = [*steps, rest[:size]], rest[size:]
    reports = [
        Report(
            record=coded.events[0], article=one.id, published=one.published, source=one.source, url=one.url
        )
        for one, coded in made
    ]
    whole = set(api.linker().clusters(reports, ()))
    assert 1 < len(whole) < len(made)
    # rounds that cut through what hangs together
    monkeypatch.setattr(relinking, "_ROUND", 7)
    assert _linked(new_name, steps) == whole
    assert _linked(new_name, [made]) == whole


@pytest.mark.parametrize("seed", range(2))
def test_what_was_taken_down_or_replaced_leaves_the_events_of_what_is_left(seed, new_name):
    made = _dense_news(seed)
    book = open_book(new_name(), api.linker())
    book.keep(made)
    book.link()
    for number in (3, 40, 77):
        book.take_down(f"x{number}", by="ann", why="asked")
    newer = msgspec.structs.replace(made[5][0], text="Another text of it.")
    other = msgspec.structs.replace(made[6][1], id="x5", events=())
    book.keep([(newer, other)])
    book.link()
    found = {tuple(sorted(telling.record for telling in event.records)) for event in book.events()}
    book.close()
    left = [one for n, one in enumerate(made) if n not in (3, 5, 40, 77)]
    assert found == _linked(new_name, [left])
