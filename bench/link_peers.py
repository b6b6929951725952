"""Ways to link records that rallybook is compared with: rules that others count by, and splink.

splink 5 (DuckDB) gets the fields of the same records in its own comparisons and no labels: probabilities of levels by
random pairs and by expectation and maximisation, pairs by three rules of blocking, and clusters by its connected
components. It is given as conditions of blocking that no two records of one article are joined, and none more than
25 km of latitude or a day apart. The probability from which on it joins, and which words it compares (those of actors,
aims and quote together did best; as lists of their own, which are not independent, F1 was .727), were chosen on the
half of the stories that decided rallybook's weights.
"""

from __future__ import annotations

import importlib
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import pyarrow as pa

from rallybook.evaluation.words import jaccard, words
from rallybook.linking.profiles import Profile, profile
from rallybook.model.event import Report
from rallybook.model.record import Record

Clusters = Sequence[Sequence[str]]
Way = Callable[[Sequence[Report]], Clusters]
# the best of .1 to .5 on the half that decided the weights
_ALIKE = 0.15
# the best of .05 to .99 on that half, F1 .789; at .5 it is .667 there
_JOINED = 0.8
_TEXTS = ("unique_id", "article", "day", "country", "city", "form")
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in _TEXTS),
        ("date", pa.date32()),
        ("lat", pa.float64()),
        ("theme", pa.list_(pa.string())),
    ]
)
_NOT_THERE = "splink is left out: {} (pip install 'rallybook[bench]')"


def peers() -> tuple[dict[str, Way], list[str]]:
    """Give the ways of others, and a line for each that is not installed."""
    found: dict[str, Way] = {
        "exact match (as GDELT)": exact,
        "city and day": city_day,
        "words, O(n²)": of_words,
    }
    try:
        importlib.import_module("splink")
    except ImportError as error:
        return found, [_NOT_THERE.format(error)]
    return {**found, "splink 5": of_splink}, []


def exact(reports: Sequence[Report]) -> Clusters:
    """As GDELT: one event where date, country and form are equal."""
    return _by_key(reports, lambda one: (one.date.edtf, one.place.country, one.form))


def city_day(reports: Sequence[Report]) -> Clusters:
    """One event where city and day are equal."""
    return _by_key(reports, lambda one: (one.date.edtf, one.place.country, one.place.name))


def of_words(reports: Sequence[Report]) -> Clusters:
    """All pairs by rules: the same day and country, and a Jaccard index of the words; linked pairs chain."""
    parent = {one.record.id: one.record.id for one in reports}
    bags = {one.record.id: words(" ".join((one.record.quote, *one.record.claims))) for one in reports}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for one, other in combinations(reports, 2):
        a, b = one.record, other.record
        same = (a.date.edtf, a.place.country) == (b.date.edtf, b.place.country)
        if same and jaccard(bags[a.id], bags[b.id]) >= _ALIKE:
            parent[root(b.id)] = root(a.id)
    return _by_key(reports, lambda one: root(one.id))


def _by_key(reports: Sequence[Report], key_of: Callable[[Record], object]) -> Clusters:
    groups: dict[object, list[str]] = defaultdict(list)
    for one in reports:
        groups[key_of(one.record)].append(one.record.id)
    return list(groups.values())


def of_splink(reports: Sequence[Report], joined: float = _JOINED) -> Clusters:
    """Give the clusters of splink, trained on these records without labels."""
    from splink import Linker, SettingsCreator  # noqa: PLC0415 - need not be there
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=_blocking(),
        probability_two_random_records_match=0.01,
    )
    table = pa.Table.from_pylist([_row(profile(one)) for one in reports], schema=_SCHEMA)
    linker = Linker(DuckDBAPI().register(table), settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1, min_count_per_level=None)
    # by each of two rules, so that the levels of the one are estimated beside the other
    for rule in ("l.day = r.day", "l.city = r.city and l.country = r.country"):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    pairs = linker.inference.predict(threshold_match_probability=joined)
    clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, joined)
    groups: dict[str, list[str]] = defaultdict(list)
    for row in clustered.as_record_list():
        groups[row["cluster_id"]].append(row["unique_id"])
    return list(groups.values())


def _blocking() -> list[str]:
    apart = "l.article <> r.article and abs(datediff('day', l.date, r.date)) <= 1"
    near = "l.lat between r.lat - 0.23 and r.lat + 0.23"
    return [
        f"l.country = r.country and {near} and {apart}",
        f"l.country = r.country and (l.lat is null or r.lat is null) and {apart}",
        "l.country = r.country and l.city = r.city and (l.date is null or r.date is null) and l.article <> r.article",
    ]


def _comparisons() -> list[Any]:
    import splink.comparison_library as cl  # noqa: PLC0415 - with splink

    return [
        cl.ExactMatch("city"),
        cl.ExactMatch("day"),
        cl.ExactMatch("form"),
        cl.ArrayIntersectAtSizes("theme", [4, 2, 1]),
    ]


def _row(one: Profile) -> dict[str, Any]:
    record = one.report.record
    point = one.scale == "fine"
    return {
        "unique_id": record.id,
        "article": one.report.article,
        "day": record.date.edtf or None,
        "date": one.days.first if one.days and one.days.told else None,
        "country": record.place.country or None,
        "city": record.place.name if point else None,
        "lat": record.place.lat if point else None,
        "form": record.form,
        "theme": sorted(one.theme) or None,
    }
