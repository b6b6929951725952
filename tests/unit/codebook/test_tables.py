import pytest

from rallybook.codebook.countries import countries, country_code
from rallybook.codebook.tables import day_in, table, table_names
from rallybook.errors import InputError
from rallybook.model.record import FORMS, RESPONSE_ACTIONS


def test_four_tables_can_be_read():
    assert table_names() == ["acled", "ccc", "gdelt", "polecat"]


@pytest.mark.parametrize("name", ["acled", "ccc", "gdelt", "polecat"])
def test_every_code_of_a_table_is_one_of_ours(name):
    sheet = table(name).sheet
    forms = {
        code
        for rule in sheet.form
        for code in (*rule.codes.values(), *rule.words.values(), rule.value)
        if code
    }
    actions = {code for rule in sheet.response for code in (*rule.words.values(), rule.value) if code}
    assert forms <= set(FORMS)
    assert actions <= set(RESPONSE_ACTIONS)


@pytest.mark.parametrize("name", ["acled", "ccc", "gdelt", "polecat"])
def test_every_table_names_its_terms(name):
    terms = table(name).sheet.terms
    assert terms.name
    assert terms.path.startswith("https://")
    assert terms.attribution


def test_only_acled_may_not_be_passed_on():
    assert [name for name in table_names() if not table(name).sheet.terms.republish] == ["acled"]


def test_gdelt_has_its_three_widths():
    order = table("gdelt").sheet.order
    assert {width: len(columns) for width, columns in order.items()} == {57: 57, 58: 58, 61: 61}
    assert order[61][-1] == order[58][-1] == "SOURCEURL"


def test_a_count_of_articles_is_no_crowd():
    assert table("gdelt").sheet.size is None


def test_another_table_is_refused_with_those_that_are_known():
    with pytest.raises(InputError, match="received 'icews', allowed: acled, ccc, gdelt, polecat"):
        table("icews")


@pytest.mark.parametrize(
    ("cell", "form", "day"),
    [
        ("2024-05-12", "%Y-%m-%d", "2024-05-12"),
        ("20240512", "%Y%m%d", "2024-05-12"),
        ("12 May 2024", "%d %B %Y", "2024-05-12"),
        ("2024512", "%Y%m%d", None),
        ("2024-02-30", "%Y-%m-%d", None),
        ("0204-05-12", "%Y-%m-%d", None),
    ],
)
def test_a_day_is_read_whole_or_not_at_all(cell, form, day):
    found = day_in(cell, (form,))
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("said", "scheme", "code"),
    [
        ("UK", "fips", "GB"),
        ("CH", "fips", "CN"),
        ("SZ", "fips", "CH"),
        ("US", "fips", "US"),
        # Germany in ISO, nobody in FIPS
        ("DE", "fips", ""),
        ("004", "numeric", "AF"),
        ("0", "numeric", ""),
        ("nor", "alpha3", "NO"),
        ("Bosnia and Herzegovina", "name", "BA"),
        ("Ivory Coast", "name", "CI"),
        ("Kosovo", "name", "XK"),
        ("Atlantis", "name", ""),
        ("PR", "territory", "PR"),
        ("WY", "territory", ""),
    ],
)
def test_a_country_is_known_however_it_is_said(said, scheme, code):
    assert country_code(said, scheme) == code


def test_every_country_is_known_by_its_own_name():
    assert {country_code(one.name, "name") for one in countries().values()} == set(countries())
