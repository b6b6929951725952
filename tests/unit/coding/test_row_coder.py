import pytest
from made_tables import ROWS, coded, made, row_record

from rallybook.coding.row_coder import RowCoder, coder_of
from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.record import EventDate, EventPlace, Size
from rallybook.model.values import Range

NAMES = sorted(ROWS)


def _failed(name, **changes):
    outcome = coded(name, **changes)[1]
    assert outcome.events == ()
    (failure,) = outcome.failures
    return failure.reason


@pytest.mark.parametrize("name", NAMES)
def test_a_record_says_whose_it_is_and_that_no_text_was_read(name):
    article, outcome = coded(name)
    (record,) = outcome.events
    assert record.imported.table == name
    assert article.id == f"{name}:{record.imported.row}"
    assert (record.imported.republish, record.imported.single) == (name != "acled", name in ("acled", "ccc"))
    assert outcome.coder.endswith(f"rows {name}")
    assert record.confidence == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_value_leads_to_a_cell(name):
    article, outcome = coded(name)
    (record,) = outcome.events
    words = {path: [article.text[start:end] for start, end in spans] for path, spans in record.spans.items()}
    assert words["trigger"] == [record.trigger]
    assert words["date.text"] == [record.date.text]
    assert words["place.text"] == [record.place.text]
    assert {float(words["place.lat"][0]), float(words["place.lon"][0])} == {
        record.place.lat,
        record.place.lon,
    }
    for path in ("participants", "organisers", "targets", "claims"):
        assert words.get(path, []) == list(getattr(record, path))
    assert words.get("quote", [""]) == [record.quote]
    assert words.get("size.text", [""]) == [record.size.text]


def test_acled():
    record = row_record("acled")
    assert (record.form, record.status, record.focus, record.umbrella) == (
        "rally",
        "happened",
        "focal",
        False,
    )
    assert record.date == EventDate("2024-05-12", "12 May 2024")
    assert record.place == EventPlace("Leeds", "Leeds", "GB", 53.801, -1.549, "city")
    assert record.size == Size("about 200", 200, 200)
    assert record.organisers == ("Safe Crossings", "Pier Union")
    # nobody is reported killed: that is no 0 of a text
    assert record.harm.killed == Range()
    assert record.quote.startswith("On 12 May 2024")


@pytest.mark.parametrize(
    ("changes", "form", "actions"),
    [
        ({"sub_event_type": "Protest with intervention", "inter2": "State forces"}, "rally", ("present",)),
        ({"sub_event_type": "Protest with intervention", "inter2": "1"}, "rally", ("present",)),
        ({"sub_event_type": "Excessive force against protesters", "inter2": "1"}, "rally", ("force",)),
        # by whom is not told, or by others than the state
        ({"sub_event_type": "Excessive force against protesters"}, "rally", ()),
        ({"sub_event_type": "Protest with intervention", "inter2": "Rioters"}, "rally", ()),
        ({"event_type": "Riots", "sub_event_type": "Mob violence"}, "riot", ()),
        ({"event_type": "Riots", "sub_event_type": ""}, "riot", ()),
    ],
)
def test_what_acled_says_of_the_act_and_the_response(changes, form, actions):
    record = row_record("acled", **changes)
    assert (record.form, record.response.actions) == (form, actions)


@pytest.mark.parametrize(
    ("precision", "edtf"), [("1", "2024-05-12"), ("2", "2024-05-12~"), ("3", "2024-05"), ("", "2024-05-12")]
)
def test_the_precision_of_a_day_is_kept(precision, edtf):
    assert row_record("acled", time_precision=precision).date.edtf == edtf


@pytest.mark.parametrize(
    ("precision", "ours"), [("1", "city"), ("2", "region"), ("3", "region"), ("", "city")]
)
def test_the_precision_of_a_place_is_kept(precision, ours):
    assert row_record("acled", geo_precision=precision).place.precision == ours


@pytest.mark.parametrize(
    ("tags", "size"),
    [
        ("crowd size=between 200 and 300", Size("between 200 and 300", 200, 300)),
        ("crowd size=hundreds; local", Size("hundreds", 200, 999)),
        ("crowd size=at least 50", Size("at least 50", 50, None)),
        ("crowd size=no report", Size()),
        ("crowd size=large", Size("large")),
        ("women targeted: activists", Size()),
        ("", Size()),
    ],
)
def test_a_head_count_in_words_is_read_by_our_codebook(tags, size):
    assert row_record("acled", tags=tags).size == size


def test_the_fewest_killed_are_told():
    assert row_record("acled", fatalities="3").harm.killed == Range(3, None)


def test_ccc():
    record = row_record("ccc")
    assert record.form == "march"
    assert record.place == EventPlace("the bridge", "Riverton", "US", 43.02, -108.38, "site")
    assert record.size == Size("dozens", 40, 60)
    assert record.claims == ("for a new bridge", "against the toll")
    assert record.organisers == ("Bridge Watch", "Riverton Teachers")
    assert record.participants == ("parents",)
    assert record.response.actions == ("present", "force", "arrests")
    assert record.response.arrests == Range(2, None)
    assert record.harm.injured == Range(4, 4)
    assert record.harm.killed == Range()
    assert record.quote == "Walk for the Bridge"


@pytest.mark.parametrize(
    ("told", "form"),
    [
        ("protest", "rally"), ("counter-protest", "rally"), ("vigil", "vigil"), ("hunger strike", "hunger_strike"),
        ("strike; picket", "strike"), ("student walkout", "walkout"), ("car caravan", "caravan"),
        ("die-in", "symbolic"),
        ("civil disobedience", "rally"), ("march; vigil", "vigil"),
    ],
)  # fmt: skip
def test_free_words_of_ccc_for_an_act(told, form):
    assert row_record("ccc", type=told).form == form


def test_what_is_online_has_no_place():
    record = row_record("ccc", online="1")
    assert (record.form, record.place) == ("other", EventPlace())


@pytest.mark.parametrize(
    ("measures", "actions"),
    [
        ("no arrests", ()), ("issued dispersal order", ("warned",)),
        ("dispersed the crowd; made arrests", ("dispersal", "arrests")),
        ("riot gear", ()), ("kettling", ("blocked",)),
    ],
)  # fmt: skip
def test_free_words_of_ccc_for_what_the_police_did(measures, actions):
    changes = {"police_measures": measures, "chemical_agents": "0", "arrests": "", "arrests_any": "0"}
    assert row_record("ccc", **changes).response.actions == actions


@pytest.mark.parametrize(
    ("cell", "count"),
    [("5", Range(5, 5)), ("0", Range(0, 0)), ("more than 5", Range(5, None)), ("2-4", Range(2, 4)),
     ("several", Range()), ("NA", Range())],
)  # fmt: skip
def test_counts_in_numbers_and_other_words(cell, count):
    changes = {"arrests": cell, "arrests_any": "0", "police_measures": "", "chemical_agents": ""}
    assert row_record("ccc", **changes).response.arrests == count


def test_a_territory_has_a_code_of_its_own():
    assert row_record("ccc", state="PR").place.country == "PR"


def test_gdelt():
    record = row_record("gdelt")
    assert record.form == "rally"
    assert record.date == EventDate("2024-05-12", "20240512")
    assert record.place == EventPlace("Leeds", "Leeds", "GB", 53.8, -1.55, "city")
    # how many articles tell it is no crowd, and a bare country is no target
    assert record.size == Size()
    assert (record.participants, record.targets) == (("FERRY WORKER",), ())


@pytest.mark.parametrize(
    ("code", "form"),
    [("140", "rally"), ("142", "hunger_strike"), ("143", "strike"), ("144", "blockade"), ("145", "riot")],
)
def test_the_codes_of_cameo(code, form):
    assert row_record("gdelt", EventBaseCode=code).form == form


@pytest.mark.parametrize(
    ("kind", "precision"), [("1", "country"), ("2", "region"), ("3", "city"), ("4", "city"), ("5", "region")]
)
def test_the_kinds_of_places_of_gdelt(kind, precision):
    assert row_record("gdelt", ActionGeo_Type=kind).place.precision == precision


def test_a_row_of_gdelt_without_a_place():
    changes = dict.fromkeys(
        ("ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_Lat", "ActionGeo_Long"), ""
    )
    assert row_record("gdelt", ActionGeo_Type="0", **changes).place == EventPlace()


def test_polecat():
    record = row_record("polecat")
    assert record.form == "strike"
    assert record.place == EventPlace("Leeds", "Leeds", "GB", 53.797, -1.544, "city")
    assert record.targets == ("Ministry of Ferries",)


@pytest.mark.parametrize(
    ("changes", "precision"),
    [
        ({"City": "", "Province": "Yorkshire"}, "region"),
        ({"City": "", "Placename": "United Kingdom", "Feature Type": "PCLI"}, "country"),
        ({"City": "", "Placename": "", "Latitude": "", "Longitude": ""}, "country"),
    ],
)
def test_the_kinds_of_places_of_polecat(changes, precision):
    assert row_record("polecat", **changes).place.precision == precision


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("acled", {"event_date": "2024-02-31"}, "event_date: received '2024-02-31', allowed: a day such as 2021-02-14"),
        ("acled", {"event_date": ""}, "event_date: received ''"),
        ("acled", {"latitude": "95"}, "latitude: received '95', allowed: degrees, -90 to 90"),
        ("acled", {"longitude": "nan"}, "longitude: received 'nan'"),
        ("acled", {"longitude": ""}, "longitude: received ''"),
        ("acled", {"iso": "", "country": "Atlantis"}, "country: received 'Atlantis'"),
        ("acled", {"sub_event_type": "Flash mob"}, "sub_event_type: received 'Flash mob', allowed: Peaceful protest"),
        ("acled", {"geo_precision": "7"}, "geo_precision: received '7', allowed: 1, 2, 3"),
        ("acled", {"location": ""}, "location: received ''"),
        ("ccc", {"size_low": "many"}, "size_low: received 'many', allowed: a whole number"),
        ("ccc", {"size_high": "10"}, "size_high: received '10', allowed: no fewer than size_low, which is 40"),
        ("gdelt", {"EventBaseCode": "149"}, "EventBaseCode: received '149', allowed: 14, 140, 141"),
        ("gdelt", {"ActionGeo_CountryCode": "QQ"}, "ActionGeo_CountryCode: received 'QQ'"),
        ("polecat", {"Event Mode": "picnic"}, "Event Mode: received 'picnic', allowed: demo, riot"),
        ("polecat", {"Country": "United Kingdom"}, "Country: received 'United Kingdom'"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_names_row_column_value_and_what_is_allowed(name, changes, words):
    reason = _failed(name, **changes)
    assert words in reason
    assert f"(file.csv:{1 if name == 'gdelt' else 2})" in reason


def test_only_rows_are_coded_as_rows():
    words = Article(id="a", text="They marched.")
    other = RowCoder()
    assert coder_of(words, other) is other
    assert coder_of(coded("acled")[0], None).version.endswith("rows")
    with pytest.raises(InputError):
        RowCoder().code(words)


def test_made_rows_have_the_columns_that_are_known():
    assert made("acled").startswith("event_id_cnty,event_date,")
