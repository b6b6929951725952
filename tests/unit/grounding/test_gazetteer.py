"""The compiled gazetteer: names, divisions, capitals, and what happens to damaged files."""

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from rallybook.errors import GazetteerError
from rallybook.grounding.gazetteer import DEFAULT_PATH, CompiledGazetteer, fold


@pytest.fixture(scope="module")
def gazetteer() -> CompiledGazetteer:
    return CompiledGazetteer()


def test_the_file_has_the_bytes_that_its_digest_was_made_of() -> None:
    digest = DEFAULT_PATH.with_suffix(".sqlite.sha256").read_text().split()[0]
    assert hashlib.sha256(DEFAULT_PATH.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("Москва", "RU", "PPLC"),
        ("Екатеринбург", "RU", "PPL"),
        ("Germany", "DE", "PCLI"),
        ("Deutschland", "DE", "PCLI"),
        ("Россия", "RU", "PCLI"),
        ("Alberta", "CA", "ADM1"),
        ("South Ossetia", "GE", "RGN"),
        ("Gaza Strip", "PS", "RGN"),
        ("Gaza", "PS", "RGN"),
        ("Trafalgar Square", "GB", "LMK"),
        ("Black Sea", "", "RGN"),
    ],
)
def test_a_name_in_english_or_its_own_language_is_known(
    gazetteer: CompiledGazetteer, name: str, country: str, feature: str
) -> None:
    assert (country, feature) in {(place.country, place.feature) for place in gazetteer.named(name)}


@pytest.mark.parametrize(
    ("name", "country"),
    [
        # papers write the article and the ending of Arabic names in many ways; GeoNames holds some of them
        ("Deir al-Balah", "PS"),
        ("Mahalla al-Kubra", "EG"),
        ("Al-Suwayda", "SY"),
        ("Hodeidah", "YE"),
        ("Qamishli", "SY"),
        # what the sources lack
        ("Madyan", "PK"),
        ("Chakaria", "BD"),
        ("Marikana", "ZA"),
    ],
)
def test_a_town_is_known_as_papers_spell_it(gazetteer: CompiledGazetteer, name: str, country: str) -> None:
    assert country in {place.country for place in gazetteer.named(name)}


def test_a_landmark_lies_in_the_city_of_its_division(gazetteer: CompiledGazetteer) -> None:
    assert [place.admin1 for place in gazetteer.named("Mizzou")] == ["MO"]
    assert [place.admin1 for place in gazetteer.named("Mall of America")] == ["MN"]


def test_namesakes_come_in_the_order_of_their_population(gazetteer: CompiledGazetteer) -> None:
    counts = [place.population for place in gazetteer.named("Springfield")]
    assert len(counts) > 5
    assert counts == sorted(counts, reverse=True)


def test_an_adjective_gives_its_country(gazetteer: CompiledGazetteer) -> None:
    assert [place.country for place in gazetteer.demonym("Bolivian")] == ["BO"]
    assert gazetteer.demonym("European")[0].feature == "CONT"


def test_a_country_has_its_capital_and_a_division_its_own(gazetteer: CompiledGazetteer) -> None:
    capital, state = gazetteer.capital("KE"), gazetteer.capital("US", "TX")
    assert capital is not None
    assert capital.name == "Nairobi"
    assert state is not None
    assert state.name == "Austin"


def test_marks_dots_and_case_do_not_count(gazetteer: CompiledGazetteer) -> None:
    assert fold("St. Pölten") == fold("SAINT POLTEN")
    assert gazetteer.named("SÃO PAULO") == gazetteer.named("Sao Paulo")
    assert gazetteer.named("...") == ()


def test_a_missing_file_is_told_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="make gazetteer"):
        CompiledGazetteer(tmp_path / "none.sqlite")


def test_a_file_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cut.sqlite"
    shutil.copy(DEFAULT_PATH, path)
    with path.open("r+b") as file:
        file.truncate(DEFAULT_PATH.stat().st_size - 4096)
    with pytest.raises(GazetteerError):
        CompiledGazetteer(path)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("not a database " * 400)
    with pytest.raises(GazetteerError, match="damaged"):
        CompiledGazetteer(path)


def test_a_file_of_another_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE about (fact TEXT, value TEXT)")
        connection.execute("INSERT INTO about VALUES ('schema', '0')")
    connection.close()
    with pytest.raises(GazetteerError, match="schema '0'"):
        CompiledGazetteer(path)
