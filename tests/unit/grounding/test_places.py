"""Places: which place a name stands for, and which names are none."""

import pytest

from rallybook.grounding.anaphora import with_anaphora
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.places import Geoparser, context_place, dateline
from rallybook.grounding.sites import sites
from rallybook.model.article import Article
from rallybook.model.mention import Toponym
from rallybook.model.reading import Reading
from rallybook.model.values import Place

GAZETTEER = CompiledGazetteer()
GEOPARSER = Geoparser(GAZETTEER)


def reading(text: str, *, title: str = "", url: str = "", source: str = "") -> Reading:
    return Reading(Article(id="t", text=text, title=title, url=url, source=source), text)


def found(text: str, *, url: str = "", source: str = "") -> dict[str, str]:
    """Give the placed names with country and first-level division."""
    toponyms = GEOPARSER.toponyms(reading(text, url=url, source=source))
    return {t.text: f"{t.place.country}.{t.place.admin1}".rstrip(".") for t in toponyms if t.place}


def toponym(text: str, name: str) -> Toponym:
    return next(t for t in GEOPARSER.toponyms(reading(text)) if t.text == name)


def place_of(text: str, name: str) -> Place:
    place = toponym(text, name).place
    assert place is not None
    return place


def test_a_bare_name_is_the_city_rather_than_its_region() -> None:
    place = place_of("Hundreds gathered in Irkutsk on Sunday.", "Irkutsk")
    assert place.precision == "city"


def test_a_city_does_not_speak_for_the_municipality_of_its_name() -> None:
    told = toponym("Students marched in Mayagüez on Monday.", "Mayagüez").place
    assert told is not None
    assert told.precision == "city"


def test_a_word_for_a_region_after_the_name_asks_for_the_region() -> None:
    place = place_of("Miners walked out in the Irkutsk region on Sunday.", "Irkutsk")
    assert place.precision == "region"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Ambulance crews in Cluj county stopped work.", "Cluj", "RO"),
        ("Farmers in Cork county marched.", "Cork", "IE"),
        ("Rioting spread in Surat district.", "Surat", "IN"),
    ],
)
def test_a_county_or_district_asked_for_is_not_the_city_of_its_name(
    text: str, name: str, country: str
) -> None:
    place = place_of(text, name)
    assert (place.country, place.precision) == (country, "region")


def test_another_spelling_of_a_large_town_needs_no_backing() -> None:
    text = "Teachers struck in Qamishli, in Syria. A march planned for Friday in Hodeidah was called off."
    place = place_of(text, "Hodeidah")
    assert place.country == "YE"


def test_without_capitals_a_small_town_must_be_backed() -> None:
    text = "The bakers of Akureyri marched on Sunday, and the bells of the church rang."
    assert toponym(text, "Akureyri").place is not None
    assert all(t.place is None for t in GEOPARSER.toponyms(reading(text.lower())))


def test_a_province_may_be_a_division_of_the_second_level() -> None:
    text = "In Spain, miners in the northern province of Leon stopped work."
    place = place_of(text, "Leon")
    assert (place.country, place.feature) == ("ES", "ADM2")


def test_a_city_with_a_new_name_goes_by_its_old_one_before_its_district() -> None:
    place = place_of("Shops were shut in Belgaum.", "Belgaum")
    assert (place.name, place.precision) == ("Belagavi", "city")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Women met at Sol in the rain.", None),
        ("Women met in Nis and in Belgrade.", "RS"),
        ("Women met in Fez on Monday.", "MA"),
        ("Women met in Rio on Monday.", "BR"),
    ],
)
def test_a_short_name_is_one_that_english_news_uses(text: str, country: str | None) -> None:
    placed = next(iter(found(text).values()), None)
    assert (placed and placed.partition(".")[0]) == country


def test_a_name_with_a_small_word_inside_is_no_town_of_half_of_it() -> None:
    assert set(found("They stood in the Porta do Sol in Vigo.")) == {"Vigo"}
    assert set(found("They marched in Foz do Iguaçu.")) == {"Foz do Iguaçu"}


def test_without_capitals_streets_are_none_and_datelines_are_known() -> None:
    told = "castries - the growers marched along calle sucre and marx avenue. they said so in the rain."
    assert {name: code.partition(".")[0] for name, code in found(told).items()} == {"castries": "LC"}


def test_a_town_written_small_may_open_a_sentence() -> None:
    assert found("Teachers struck in Mexico. In los mochis they marched.")["los mochis"].startswith("MX")


def test_small_words_before_a_compass_point_are_no_region() -> None:
    assert found("Crowds met in the northern province of Spain.") == {"Spain": "ES"}


def test_a_state_after_a_comma_tells_which_town() -> None:
    assert found("Teachers rallied in Paris, Texas, on Monday.")["Paris"] == "US.TX"
    assert found("Teachers rallied in Athens, Ga., on Monday.")["Athens"] == "US.GA"


def test_neighbours_in_a_list_do_not_contain_each_other() -> None:
    places = found("The dispute spread to China, Japan, and Vietnam.")
    assert (places["China"], places["Japan"]) == ("CN", "JP")


def test_a_state_in_a_list_of_states_is_no_country() -> None:
    assert found("Nurses in Alabama, Georgia and Florida stopped work.")["Georgia"] == "US.GA"


def test_a_country_of_the_name_of_its_capital_stays_the_country() -> None:
    text = "Doctors from Puebla, Oaxaca and Veracruz said that Mexico needs beds."
    place = place_of(text, "Mexico")
    assert place.precision == "country"


def test_the_name_of_a_nation_is_no_place_of_an_event() -> None:
    assert found("Russian officials met Bolivian miners.") == {}


def test_a_government_is_no_place_but_the_ground_before_it_is() -> None:
    assert "Kremlin" not in found("The Kremlin rejected the demand.")
    assert found("A crowd stood near the Kremlin in Moscow.")["Kremlin"].startswith("RU")


@pytest.mark.parametrize(
    "text",
    [
        "Mr Lincoln spoke to the members.",
        "Carla Houston spoke to the members.",
        "The Houston Chronicle wrote about it.",
        "He lives at 12 Dublin Road.",
        "I’ve seen it, they’re late.",
        "The union MENA and the agency FAO disagreed.",
        "They want to be paid in Australia dollars.",
        "Some 70 people stood on the Onega embankment.",
    ],
)
def test_people_papers_streets_and_initials_are_no_places(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Students in Eugene sat down in Johnson Hall.", "Johnson"),
        ("A crowd tried to break into London's Waterloo Station.", "Waterloo"),
    ],
)
def test_the_name_of_a_building_or_of_a_spot_with_its_owner_is_no_town(text: str, place: str) -> None:
    assert place not in found(text)


def test_a_town_in_a_country_that_nothing_else_speaks_for_is_not_guessed() -> None:
    others = "Crowds met in Harare, in Mutare, in Gweru and in Bulawayo, and all over Zimbabwe. "
    assert found("Textile workers stayed at home in Belmont.")["Belmont"].startswith("US")
    assert "Belmont" not in found(others + "Textile workers stayed at home in Belmont.")


def test_a_name_that_one_country_alone_has_needs_no_other_to_back_it() -> None:
    assert found("You ask what Akureyri thinks of the bankers.")["Akureyri"].startswith("IS")
    assert found("Germans came. Lorries for Zgorzelec turned round.")["Zgorzelec"].startswith("PL")
    # after "the", and beside another capitalised word, it is a street's, a firm's or a person's
    assert "Onega" not in found("People from Petrozavodsk stood on the Onega quay.")
    assert "Kaarina" not in found("Party leader Kaarina Ylitalo spoke for forty minutes.")


def test_a_given_name_that_is_a_town_speaks_little_for_a_country() -> None:
    assert found("Aunt Florence cried. The shoe factory in Bitola was sold.")["Bitola"].startswith("MK")


def test_what_the_town_of_a_name_has_is_there() -> None:
    assert found("A crowd filled Leeds Town Hall on Monday.")["Leeds"].startswith("GB")


def test_a_place_that_people_bear_is_a_place_after_a_preposition() -> None:
    assert found("They marched in Lincoln, Nebraska.")["Lincoln"] == "US.NE"


def test_general_names_are_not_guessed() -> None:
    assert "North Side" not in found("Shops on the North Side closed.")


def test_the_outlets_address_tells_its_country() -> None:
    text = "Students in London walked out of class on Friday."
    assert found(text)["London"].startswith("GB")
    assert found(text, url="https://www.lfpress.com/news/1")["London"] == "CA.08"


def test_a_paper_named_after_a_town_writes_about_that_town() -> None:
    text = "Police in Columbus and Dublin closed the street."
    assert found(text, url="http://www.columbusnews.com/a")["Dublin"] == "US.OH"


def test_the_outlets_name_tells_its_country() -> None:
    text = "A rally in Newcastle drew a crowd."
    assert found(text, source="The Sydney Morning Herald")["Newcastle"] == "AU.02"


def test_a_state_written_short_inside_a_sentence_is_known() -> None:
    assert found("Guards at a Ky. jail stopped work.")["Ky"] == "US.KY"


def test_years_before_christ_are_no_province() -> None:
    assert found("The wall was built in 300 B.C. and still stands.") == {}


def test_a_name_with_an_owner_inside_is_one_name() -> None:
    assert found("Workers in the People's Republic of China stopped.") == {"People's Republic of China": "CN"}


def test_cyrillic_names_are_known() -> None:
    assert found("Митинг прошёл в городе Екатеринбург и Москва.")["Екатеринбург"].startswith("RU")


def test_landmarks_of_one_city_speak_for_each_other() -> None:
    places = found("Students left Makerere Hill for Wandegeya.")
    assert places["Makerere Hill"].startswith("UG")


def test_a_general_landmark_needs_its_city() -> None:
    assert "Freedom Square" not in found("A crowd met on Freedom Square.")
    assert found("A crowd met on Freedom Square in Tallinn.")["Freedom Square"].startswith("EE")


def test_the_dateline_is_where_the_article_was_sent_from() -> None:
    article = reading("NAIROBI (Agency) - Thousands marched. Police in Mombasa watched.")
    line = dateline(article, GEOPARSER.toponyms(article))
    assert line is not None
    assert line.text == "NAIROBI"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("MANDYA: Farmers blocked the road to Bangalore.", "MANDYA"),
        ("Weavers Stay Away\n\n02nd October 2015 03:39 AM RAICHUR: Weavers struck.", "RAICHUR"),
        ("Weavers stay away August 04, 2008 00:00 IST Staff Reporter Tirupur: Weavers struck.", "Tirupur"),
        (
            "Weavers struck - Daily Express Bureau, Bureau: Nagpur, Fri Jan 29 2010, 00:48 hrs Weavers struck.",
            "Nagpur",
        ),
        ("Weavers go home Jo Doe DURBAN, June 3 (XYZ) - Weavers went home.", "DURBAN"),
        ("this story is from march 7, 2002\n\nrajkot: weavers struck.", "rajkot"),
        ("MADISON, Wis. — Weavers struck.", "MADISON"),
    ],
)
def test_a_dateline_needs_no_dash(text: str, place: str) -> None:
    article = reading(text)
    line = dateline(article, GEOPARSER.toponyms(article))
    assert line is not None
    assert line.text == place


@pytest.mark.parametrize(
    "text",
    [
        "Vatican deplores violence - Daily News Rome, Friday.",
        "Weavers in Salem: a long story of strikes.",
        "Kenya: weavers struck.",
        "Salem, around 30 weavers said, was quiet.",
    ],
)
def test_a_headline_is_no_dateline(text: str) -> None:
    article = reading(text)
    assert dateline(article, GEOPARSER.toponyms(article)) is None


def test_a_dateline_tells_that_its_name_is_a_place_wherever_it_stands() -> None:
    told = "Taxis stop in protest, ranks of Rustenburg Jo Doe empty. RUSTENBURG, September 12 (XYZ) - Taxis stopped."
    assert found(told) == {"Rustenburg": "ZA.10", "RUSTENBURG": "ZA.10"}
    assert found("They wrote of KSRTC and of more.\n\nKOCHI: Drivers struck.")["KOCHI"] == "IN.13"


def test_what_a_town_has_is_no_longer_name() -> None:
    assert "Pietermaritzburg" in found("Crowds stood outside the Pietermaritzburg High Court.")
    assert found("Pupils of Lincoln High School walked out.") == {}


def test_a_country_that_is_one_city_is_a_city() -> None:
    for name in ("Hong Kong", "Macau", "Singapore"):
        place = toponym(f"Thousands marched in {name} on Sunday.", name).place
        assert place is not None
        assert place.precision == "city"


def test_an_article_is_about_the_place_that_it_names_first_and_most() -> None:
    article = reading("Shops in Lima closed. Lima was quiet. A minister flew to Cusco.")
    place = context_place(article, GEOPARSER.toponyms(article))
    assert place is not None
    assert place.name == "Lima"


def test_seats_of_government_lie_in_the_capital() -> None:
    text = "Farmers from Oruro drove to Bolivia's parliament. Crowds stood outside parliament."
    seats = [t.place.name for t in GEOPARSER.toponyms(reading(text)) if t.place and t.text == "parliament"]
    assert set(seats) == {"La Paz"}


def test_the_capital_of_a_country_is_its_city() -> None:
    article = reading("Crowds met in the Sudanese capital on Friday.")
    assert [t.place.name for t in GEOPARSER.toponyms(article) if t.place] == ["Khartoum"]


@pytest.mark.parametrize(
    ("words", "added"),
    [
        ("In the capital, hundreds sat down.", ["the capital"]),
        ("In the state capital, hundreds sat down.", []),
        ("In the capital, Mexico City, hundreds sat down.", []),
    ],
)
def test_the_capital_of_a_state_or_one_with_its_name_is_not_that_of_the_country(
    words: str, added: list[str]
) -> None:
    article = reading(f"Students met in Tijuana and in Hermosillo, Mexico. {words}")
    toponyms = GEOPARSER.toponyms(reading("Students met in Tijuana and in Hermosillo, Mexico."))
    found = with_anaphora(article.text, toponyms, context_place(article, toponyms), GAZETTEER)
    assert [t.text for t in found if t.score == 0.5] == added


def test_nationwide_is_the_country_of_the_article() -> None:
    text = "Teachers in Lagos and Abuja, Nigeria, went on strike nationwide."
    article = reading(text)
    toponyms = GEOPARSER.toponyms(article)
    added = with_anaphora(text, toponyms, context_place(article, toponyms), GAZETTEER)
    assert [t.place.country for t in added if t.text == "nationwide" and t.place] == ["NG"]


def test_a_spot_takes_the_city_that_follows_it() -> None:
    article = reading("A crowd met at the Arbat in central Moscow on Sunday.")
    spots = sites(article, GEOPARSER.toponyms(article))
    assert [s.text for s in spots] == ["the Arbat in central Moscow"]
    assert spots[0].toponym is not None
    assert spots[0].toponym.place is not None
    assert spots[0].toponym.place.country == "RU"


def test_the_word_that_opens_a_sentence_is_no_part_of_a_spot() -> None:
    article = reading("When Brown University closed, they met there.")
    assert [s.text for s in sites(article, ())] == ["Brown University"]


@pytest.mark.parametrize("text", ["Whoever wanted to pass paid.", "They had come to shop and to camp."])
def test_a_verb_is_no_site(text):
    assert sites(reading(text), ()) == ()


def test_a_sum_of_money_is_no_road() -> None:
    assert sites(reading("They asked for R9000 a month."), ()) == ()
    assert [s.text for s in sites(reading("They closed the R512 for a day."), ())] == ["the R512"]


def test_a_spot_without_a_name_is_a_site_without_a_place() -> None:
    article = reading("They stood outside the town hall all day.")
    assert [(s.text, s.toponym) for s in sites(article, ())] == [("the town hall", None)]


def test_an_embassy_stands_in_the_capital_of_the_country_that_the_article_is_about() -> None:
    text = "Peru's teachers met outside the French embassy. Peruvian police stood by, and Lima's mayor came."
    seats = [t.place.name for t in GEOPARSER.toponyms(reading(text)) if t.place and t.text == "embassy"]
    assert seats == ["Lima"]


def test_an_embassy_lies_where_the_text_says() -> None:
    article = reading("Exiles met outside the Iranian embassy in Berlin. Germany and German police watched.")
    assert "embassy" not in [t.text for t in GEOPARSER.toponyms(article) if t.place]


def test_an_embassy_is_not_in_its_own_country() -> None:
    article = reading("Exiles met outside the Iranian embassy in Berlin.")
    spots = sites(article, GEOPARSER.toponyms(article))
    assert [s.toponym.text for s in spots if s.toponym] == ["Berlin"]


@pytest.mark.parametrize(
    "text",
    [
        "A" * 300_000,
        "Paris " * 10_000,
        "Paris, Texas, " * 5_000,
        "A march in Lagos on Monday\n" * 10_000,
        "New " * 30_000,
        "U.S." * 20_000,
        "Paris" + " " * 300_000 + "Texas",
        "Stoke-on-" * 10_000,
        "\ud800 in \ud800Paris, \x00",
        "",
    ],
)
def test_strange_texts_are_read_to_their_end(text: str) -> None:
    article = reading(text)
    toponyms = GEOPARSER.toponyms(article)
    toponyms = with_anaphora(text, toponyms, context_place(article, toponyms), GAZETTEER)
    sites(article, toponyms)
    assert all(t.text == text[t.start : t.end] for t in toponyms)


@pytest.mark.parametrize(
    "url", ["http://[", "x" * 100_000, "//", "http://" + "a." * 5_000 + "com", "\x00", "мир.рф"]
)
def test_strange_addresses_tell_nothing(url: str) -> None:
    assert found("A rally in Nairobi.", url=url, source=url)["Nairobi"].startswith("KE")


def test_a_name_behind_a_town_of_its_division_is_the_division() -> None:
    told = GEOPARSER.toponyms(reading("Truckers met in Perote, Veracruz, where they shut the road."))
    assert [(t.text, t.place.precision) for t in told if t.place] == [
        ("Perote", "city"),
        ("Veracruz", "region"),
    ]
    told = GEOPARSER.toponyms(reading("They met in Puebla, Puebla, Mexico."))
    assert [t.place.precision for t in told if t.place] == ["city", "region", "country"]


@pytest.mark.parametrize("text", ["Xalapa, Veracruz and Puebla", "Xalapa, Veracruz, Puebla and Tlaxcala"])
def test_a_list_of_towns_is_none(text: str) -> None:
    assert place_of(f"Truckers met in {text}.", "Veracruz").precision == "city"


def test_what_a_town_owns_is_a_spot_in_it_wherever_it_is_told() -> None:
    text = "Students of Kettering's Fairmont walked out. In the Fairmont parking lot, west of Dayton, Ohio, they sang."
    told = [t.place for t in GEOPARSER.toponyms(reading(text)) if t.text == "Fairmont" and t.place]
    assert told
    assert {(place.name, place.precision) for place in told} == {("Kettering", "site")}


def test_a_town_that_lies_near_or_is_larger_is_its_own() -> None:
    assert place_of("They flew to Moscow's Domodedovo Airport.", "Domodedovo Airport").name != "Moscow"
    assert place_of("It is the work of Valjevo's Paris office.", "Paris").country == "FR"


@pytest.mark.parametrize(
    ("name", "country"), [("Cádiz", "ES"), ("VALPARAÍSO", "CL"), ("Mérida", "MX"), ("San Jose", "US")]
)
def test_marks_on_letters_tell_the_country(name: str, country: str) -> None:
    assert place_of(f"Dockers marched through {name} on Friday.", name).country == country


def test_a_small_town_of_a_country_told_needs_no_more() -> None:
    text = (
        "A roadblock on the coal road at Tsogttsetsii was called off. Herders came to Ulaanbaatar, Mongolia."
    )
    assert place_of(text, "Tsogttsetsii").country == "MN"


def test_what_lies_in_a_town_has_its_name_behind_the_too() -> None:
    assert (
        place_of("You in Orlando ask: the strike took effect at the Mayagüez campus.", "Mayagüez").country
        == "PR"
    )
    text = "Students occupied the Bloomington campus in Indiana, and the Irvine campus."
    assert place_of(text, "Bloomington").admin1 == "IN"


def test_a_town_of_our_own_lies_in_a_division_and_a_seat_is_rather_the_town() -> None:
    place = place_of("The bandh was partial in Dharwad and in Hubli in Karnataka.", "Dharwad")
    assert (place.precision, place.admin1) == ("city", "19")
    assert place.population > 0


def test_a_landmark_speaks_for_its_town_and_not_for_the_district_of_that_name() -> None:
    text = "Students met on Berri Square in Montreal. They marched through Montreal."
    assert {
        t.place.precision for t in GEOPARSER.toponyms(reading(text)) if t.place and t.text == "Montreal"
    } == {"city"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met in Tarija along the Calle Sucre.", "Sucre"),
        ("A crowd stood on Place Paris in Kigali.", "Paris"),
        ("In Potosi they lay down in the nave of San Francisco church.", "San Francisco"),
    ],
)
def test_streets_and_churches_are_not_the_towns_of_their_names(text: str, name: str) -> None:
    assert toponym(text, name).place is None


def test_what_is_no_street_is_the_town() -> None:
    assert place_of("He left by way of Sucre for San Francisco.", "Sucre").country == "BO"
    assert place_of("He left by way of Sucre for San Francisco.", "San Francisco").country == "US"
