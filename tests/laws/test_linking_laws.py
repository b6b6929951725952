"""Laws of linking: the order of what comes in is of no account, people outrank rules, far away changes nothing."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from reports import BRITAIN, FORT_WILLIAM, NOWHERE, OBAN, PIER, SCOTLAND, decision, report

from rallybook.linking.blocking import block_keys
from rallybook.linking.clustering import clusters
from rallybook.linking.consolidation import consolidated
from rallybook.linking.duplicates import copies
from rallybook.linking.judgements import judgements
from rallybook.linking.profiles import profile
from rallybook.linking.rules import cannot_link
from rallybook.model.article import Article
from rallybook.model.event import Report
from rallybook.model.record import EventPlace

NAMES = "abcdefgh"
FAR = EventPlace("Suva", "Suva", "FJ", -18.14, 178.44, "city")
FACTS = st.fixed_dictionaries(
    {
        "day": st.sampled_from(
            ("2024-05-12", "2024-05-13", "2024-05", "2024-05-10/2024-05-14", "2024-05-11/..", "")
        ),
        "place": st.sampled_from((OBAN, PIER, FORT_WILLIAM, SCOTLAND, BRITAIN, NOWHERE)),
        "form": st.sampled_from(("march", "rally", "strike", "sit_in")),
        "status": st.sampled_from(("happened", "planned", "denied", "cancelled")),
        "umbrella": st.booleans(),
        "article": st.sampled_from(("w", "x", "y", "z", "other")),
        "size": st.sampled_from(((None, None), (300, 300), (100, None), (None, 900))),
        "claims": st.sampled_from(((), ("a second lifeboat",), ("heating in the gymnasium",))),
        "published": st.sampled_from((dt.date(2024, 5, 9), dt.date(2024, 5, 13), dt.date(2024, 6, 13), None)),
    }
)
REPORTS = st.lists(FACTS, min_size=1, max_size=8).map(
    lambda facts: [report(name, **changed) for name, changed in zip(NAMES, facts, strict=False)]
)
DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(("same", "different", "reject", "restore")),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
        st.integers(1, 5),
        st.booleans(),
    ),
    max_size=4,
).map(
    lambda made: [
        decision(f"d{n}", kind, *names, day=day, final=final)
        for n, (kind, names, day, final) in enumerate(made)
    ]
)


@given(REPORTS, DECISIONS, st.randoms())
@settings(max_examples=150)
def test_clusters_do_not_depend_on_the_order(reports: list[Report], decisions: list, chance) -> None:
    found = clusters(reports, decisions)
    chance.shuffle(reports)
    chance.shuffle(decisions)
    assert clusters(reports, decisions) == found


@given(REPORTS, DECISIONS)
@settings(max_examples=150)
def test_every_record_is_in_one_cluster_unless_it_was_rejected(
    reports: list[Report], decisions: list
) -> None:
    names = [name for cluster in clusters(reports, decisions) for name in cluster]
    rejected = judgements(decisions).rejected
    assert sorted(names) == [one.record.id for one in reports if one.record.id not in rejected]


@given(REPORTS, DECISIONS)
@settings(max_examples=150)
def test_decisions_outrank_rules_and_weights(reports: list[Report], decisions: list) -> None:
    held = judgements(decisions)
    of = {name: cluster for cluster in clusters(reports, decisions) for name in cluster}
    for one, other in combinations(of, 2):
        assert not held.same(one, other) or other in of[one]
        assert not held.apart(one, other) or other not in of[one]


@given(REPORTS)
@settings(max_examples=150)
def test_no_rule_is_broken_without_a_decision(reports: list[Report]) -> None:
    by_name = {one.record.id: profile(one) for one in reports}
    for cluster in clusters(reports):
        for one in cluster:
            assert not any(cannot_link(by_name[one], by_name[other]) for other in cluster if other != one)


@given(REPORTS, DECISIONS)
@settings(max_examples=150)
def test_a_report_from_elsewhere_changes_no_other_cluster(reports: list[Report], decisions: list) -> None:
    stranger = report("zz", place=FAR, day="2019-02-03", published=dt.date(2019, 2, 4), article="far")
    found = clusters([*reports, stranger], decisions)
    assert found == tuple(sorted((*clusters(reports, decisions), ("zz",))))


@given(REPORTS)
@settings(max_examples=100)
def test_what_no_key_ties_is_never_one_event(reports: list[Report]) -> None:
    keys = {one.record.id: block_keys(one).keys() for one in reports}
    for cluster in clusters(reports):
        assert all(keys[one] & keys[other] for one in cluster for other in cluster)


@given(REPORTS, st.randoms())
@settings(max_examples=150)
def test_an_event_does_not_depend_on_the_order(reports: list[Report], chance) -> None:
    decisions = [
        decision("d1", "correct", "a", field="size.low", value=7),
        decision("d2", "correct", "a", field="size.low", value=8),
    ]
    event = consolidated(reports, decisions)
    chance.shuffle(reports)
    assert consolidated(reports, decisions[::-1]) == event


@given(REPORTS)
@settings(max_examples=150)
def test_every_value_leads_to_records_that_are_there(reports: list[Report]) -> None:
    event = consolidated(reports)
    names = {one.record.id for one in reports}
    assert {telling.record for telling in event.records} == names
    for field, support in event.support.items():
        assert support, field
        assert set(support) <= names
    for field in ("form", "status", "focus", "umbrella"):
        assert event.support[field]
    assert all(0 < value <= 1 for value in event.confidence.values())


@given(st.lists(st.text(alphabet="ab ", max_size=40), max_size=6), st.randoms())
@settings(max_examples=100)
def test_copies_do_not_depend_on_the_order(texts: list[str], chance) -> None:
    articles = [Article(id=f"a{n}", text=text) for n, text in enumerate(texts)]
    found = copies(articles)
    chance.shuffle(articles)
    assert copies(articles) == found
