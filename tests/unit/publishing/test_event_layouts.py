import math

import pytest
from event_examples import EVENTS, any_event, march
from hypothesis import given

from rallybook.cli.export import Layout
from rallybook.errors import InputError
from rallybook.model.event import Telling
from rallybook.model.record import FORMS, STATUSES, EventDate, EventPlace, Harm, Response, Size
from rallybook.model.values import Range
from rallybook.publishing.event_layouts import event_layout, layout_names

_KINDS = {"text": str, "integer": int, "number": float, "flag": bool, "list": tuple}


def _row(layout, event):
    table = event_layout(layout).table([event])
    (row,) = table.rows
    return dict(zip(table.names, row.cells, strict=True))


def test_the_command_line_knows_every_layout():
    assert sorted(Layout) == layout_names()


def test_a_layout_that_is_none_is_refused():
    with pytest.raises(InputError, match="layout: received 'gdelt', allowed: acled, ccc, plover, rallybook"):
        event_layout("gdelt")


@pytest.mark.parametrize("name", layout_names())
def test_each_column_is_once_there_and_described(name):
    layout = event_layout(name)
    names = [column.name for column in layout.columns]
    assert len(set(names)) == len(names)
    assert set(layout.position) <= set(names)
    assert all(column.about for column in layout.columns)


@pytest.mark.parametrize("name", layout_names())
@given(event=any_event)
def test_every_row_has_the_columns_of_its_layout_and_cells_of_their_kind(name, event):
    layout = event_layout(name)
    (row,) = layout.table([event]).rows
    assert row.identity == event.id
    assert len(row.cells) == len(layout.columns)
    for column, cell in zip(layout.columns, row.cells, strict=True):
        empty = cell is None and column.kind not in ("text", "list")
        assert empty or type(cell) is _KINDS[column.kind], column.name


def test_acled_has_its_columns_in_its_order():
    assert [column.name for column in event_layout("acled").columns] == (
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 "
        "inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 "
        "location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"
    ).split()


def test_ccc_has_its_columns_in_its_order():
    sources = " ".join(f"source_{number}" for number in range(1, 11))
    assert [column.name for column in event_layout("ccc").columns] == (
        "date locality state location_detail online type title macroevent actors organizations participants claims "
        "valence issues issues_major size_low size_high size_mean size_text size_cat arrests arrests_any "
        "injuries_crowd injuries_crowd_any injuries_police injuries_police_any property_damage property_damage_any "
        "chemical_agents participant_measures police_measures participant_deaths police_deaths "
        f"{sources} notes lat lon resolved_locality resolved_county resolved_state fips_code"
    ).split()


def test_plover_has_the_columns_of_polecat_in_their_order():
    assert [column.name for column in event_layout("plover").columns] == (
        "Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor Country, "
        "Actor COW, Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient "
        "Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, "
        "Recipient Name Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, "
        "Longitude, GeoNames ID, Raw Placename, Feature Type, Source, Publication Date, Story People, Story "
        "Organizations, Story Locations, Language, Version"
    ).split(", ")


def test_a_march_is_a_peaceful_protest_of_acled():
    row = _row("acled", march(size=Size("about 500", 500, 500), organisers=("Safe Crossings", "Unison")))
    assert {name: cell for name, cell in row.items() if cell not in ("", None)} == {
        "event_id_cnty": "e",
        "event_date": "2024-05-12",
        "year": 2024,
        "time_precision": 1,
        "disorder_type": "Demonstrations",
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "actor1": "Protesters (United Kingdom)",
        "assoc_actor_1": "Safe Crossings; Unison",
        "inter1": "Protesters",
        "interaction": "Protesters only",
        "iso": 826,
        "country": "United Kingdom",
        "location": "Oban",
        "latitude": 56.415,
        "longitude": -5.472,
        "geo_precision": 1,
        "source": "The Argus",
        "notes": "They marched.",
        "fatalities": 0,
        "tags": "crowd size=about 500",
    }


@pytest.mark.parametrize(
    ("actions", "hurt", "sub_event", "interaction"),
    [
        (("none",), Range(), "Peaceful protest", "Protesters only"),
        (("present", "warned"), Range(), "Peaceful protest", "Protesters only"),
        (("present", "arrests"), Range(), "Protest with intervention", "State forces-Protesters"),
        (("force",), Range(0, 0), "Protest with intervention", "State forces-Protesters"),
        # nobody says who was hurt, or how badly
        (("force",), Range(3, None), "", "State forces-Protesters"),
        (("blocked",), Range(), "", "Protesters only"),
    ],
)
def test_what_the_authorities_did_is_coded_where_acled_has_a_code(actions, hurt, sub_event, interaction):
    row = _row("acled", march(response=Response(actions), harm=Harm(hurt)))
    assert (row["sub_event_type"], row["interaction"]) == (sub_event, interaction)


def test_a_riot_may_be_of_either_kind():
    row = _row("acled", march(form="riot", harm=Harm(killed=Range(1, 3))))
    assert (row["event_type"], row["sub_event_type"], row["disorder_type"]) == ("Riots", "", "")
    assert (row["actor1"], row["interaction"], row["fatalities"]) == ("Rioters (United Kingdom)", "", 1)


@pytest.mark.parametrize(
    "changed",
    [
        *({"status": status} for status in STATUSES if status != "happened"),
        {"form": "strike"},
        {"form": "hunger_strike"},
        {"umbrella": True},
        {"place": EventPlace("Chile", "Chile", "CL", -30.0, -71.0, "country")},
    ],
)
def test_what_acled_would_not_list_has_no_type_there(changed):
    row = _row("acled", march(**changed))
    coded = ("event_type", "sub_event_type", "disorder_type", "actor1", "inter1", "interaction", "fatalities")
    assert {row[name] for name in coded} <= {"", None}
    assert row["event_id_cnty"] == "e"


@pytest.mark.parametrize(
    ("edtf", "day", "precision", "year"),
    [
        ("2024-05-12", "2024-05-12", 1, 2024),
        ("2024-05-12~", "2024-05-12", 2, 2024),
        ("2024-05-12/2024-05-20", "2024-05-12", 1, 2024),
        ("2024-05-12/..", "2024-05-12", 1, 2024),
        ("2024-05", "2024-05-15", 3, 2024),
        ("2024-05-01/2024-05-31", "2024-05-15", 3, 2024),
        ("2024", "", None, 2024),
        ("2023/2024", "", None, None),
        ("../2024-05-12", "", None, None),
        ("XXXX-11-03", "", None, None),
        ("", "", None, None),
    ],
)
def test_dates_are_as_exact_as_acled_has_codes(edtf, day, precision, year):
    row = _row("acled", march(date=EventDate(edtf)))
    assert (row["event_date"], row["time_precision"], row["year"]) == (day, precision, year)
    # the others take days that are told, and no month's middle
    for name, column in (("ccc", "date"), ("plover", "Event Date")):
        assert _row(name, march(date=EventDate(edtf)))[column] == ("" if precision == 3 else day)


@pytest.mark.parametrize("precision", ["site", "city", "region", "country", "unknown"])
def test_the_middle_of_a_country_is_no_place_of_an_event(precision):
    event = march(place=EventPlace("there", "Oban", "GB", 56.4, -5.4, precision))
    placed = precision in ("site", "city", "region")
    assert (_row("acled", event)["latitude"], _row("plover", event)["Latitude"]) == (
        (56.4, 56.4) if placed else (None, None)
    )
    assert (_row("ccc", event)["lat"] is not None) == (precision in ("site", "city"))


@pytest.mark.parametrize(
    ("low", "high", "mean", "category"),
    [(None, None, None, 0), (50, 60, 55.0, 1), (200, 999, 599.5, 2), (1000, 1000, 1000.0, 3),
     (20_000, 99_999, 59_999.5, 4), (100, None, None, None)],
)  # fmt: skip
def test_ccc_has_orders_of_magnitude(low, high, mean, category):
    row = _row("ccc", march(size=Size("so many", low, high)))
    assert (row["size_mean"], row["size_cat"]) == (mean, category)


@pytest.mark.parametrize(
    ("count", "actions", "words", "any_"),
    [
        (Range(), (), "", None),
        (Range(), ("arrests",), "", 1),
        (Range(30, 30), ("arrests",), "30", 1),
        (Range(5, None), (), "at least 5", 1),
        (Range(None, 9), (), "up to 9", None),
        (Range(0, 0), ("none",), "0", 0),
        (Range(1000, 1200), (), "1000-1200", 1),
    ],
)
def test_ccc_words_arrests(count, actions, words, any_):
    row = _row("ccc", march(response=Response(actions, count)))
    assert (row["arrests"], row["arrests_any"]) == (words, any_)


def test_ccc_takes_the_words_of_the_articles():
    tellings = (
        Telling(article="a", record="1", source="The Argus", url="https://argus.example/1"),
        Telling(article="b", record="2", source="The Bugle"),
        Telling(article="c", record="3", source="The Bugle"),
    )
    event = march(
        organisers=("Safe Crossings",), participants=("ferry workers", "pupils"),
        claims=("a second lifeboat", "higher pay"),
        response=Response(("none", "present", "dispersal")), harm=Harm(Range(0, 0), Range(0, 0)), records=tellings,
    )  # fmt: skip
    row = _row("ccc", event)
    assert (row["type"], row["online"], row["location_detail"]) == ("march", 0, "the pier")
    assert row["actors"] == "Safe Crossings; ferry workers; pupils"
    assert row["claims"] == "a second lifeboat, higher pay"
    assert row["police_measures"] == "present; dispersed the crowd"
    assert (row["source_1"], row["source_2"], row["source_3"]) == ("https://argus.example/1", "The Bugle", "")
    assert (row["injuries_crowd_any"], row["police_deaths"]) == (0, 0)


def test_plover_has_its_modes():
    modes = {form: _row("plover", march(form=form))["Event Mode"] for form in FORMS}
    assert modes["march"] == "demo"
    assert {form for form, mode in modes.items() if not mode} == {
        "occupation", "strike", "walkout", "symbolic", "other",
    }  # fmt: skip
    planned = _row("plover", march(status="planned"))
    assert (planned["Event Type"], planned["Quad Code"], planned["Contexts"]) == ("", "", "future")


def test_plover_names_countries_by_three_letters_and_norway_is_no_truth_value():
    place = EventPlace("Oslo", "Oslo", "NO", 59.91, 10.75, "city")
    assert _row("plover", march(place=place))["Country"] == "NOR"
    assert _row("acled", march(place=place))["country"] == "Norway"


def test_a_country_without_codes_leaves_them_empty():
    row = _row("acled", march(place=EventPlace("", "", "QQ", 1.0, 1.0, "city")))
    assert (row["iso"], row["country"], row["actor1"]) == (None, "", "")


def test_what_a_release_shows_has_no_quote():
    names = [column.name for column in event_layout("rallybook").released().columns]
    assert "quote" not in names
    assert "articles" in names


def test_our_own_columns_are_read_as_they_are():
    row = _row("rallybook", EVENTS[0])
    assert (row["event"], row["articles"], row["sources"]) == ("e1", ("a", "b"), ("The Argus",))
    assert math.isclose(row["confidence"], 0.9)
