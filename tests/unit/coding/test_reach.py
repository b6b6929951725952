from __future__ import annotations

import pytest

from rallybook.coding.reach import EXTENTS, SCALES, extent_of, scale_of


@pytest.mark.parametrize(
    ("precision", "scale"),
    [
        ("site", "place"),
        ("city", "place"),
        ("region", "region"),
        ("country", "country"),
        ("unknown", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_place_has_a_scale(precision: str, scale: str) -> None:
    assert scale_of(precision) == scale
    assert scale in SCALES


@pytest.mark.parametrize(
    ("edtf", "extent"),
    [
        ("2021-02-14", "day"),
        ("2021-02-14~", "day"),
        ("XXXX-11-03", "day"),
        ("2021-02-14/2021-02-16", "stretch"),
        ("2021-02-14~/2021-02-16", "stretch"),
        ("2021-02-14/..", "open"),
        ("../2021-02-14", "open"),
        ("2021-02", "period"),
        ("2021", "period"),
        ("199X", "period"),
        ("", "blank"),
    ],
)
def test_a_date_has_an_extent(edtf: str, extent: str) -> None:
    assert extent_of(edtf) == extent
    assert extent in EXTENTS
