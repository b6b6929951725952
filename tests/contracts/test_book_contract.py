"""What every book keeps: facts are appended, events follow from them, ids stay, people outrank the machine."""

import datetime as dt
from collections import Counter

import msgspec
import pytest
from fake_linker import FakeLinker
from found_examples import VIGIL, finding, vigil_of, with_vigil
from kept_examples import article, decision, keep_and_link, read, record

from rallybook.book import relinking
from rallybook.book.choosing import open_book
from rallybook.book.judging import decisions_in
from rallybook.errors import InputError
from rallybook.model.decision import WHOLE
from rallybook.model.outcome import Coded, Failure
from rallybook.model.question import Box, Near, Question
from rallybook.opened import sharers
from rallybook.publishing.lines import as_json


@pytest.fixture
def book(new_name):
    opened = open_book(new_name(), FakeLinker())
    yield opened
    opened.close()


def told(event):
    return [telling.record for telling in event.records]


def ids(book, **asked):
    return [told(event) for event in book.events(Question(**asked))]


def test_what_is_kept_is_found_again(book):
    added = keep_and_link(book, read("a"), read("b"), read("c", place="Leeds"))
    assert (added.new, added.records, added.there) == (3, 3, 0)
    assert sorted(ids(book)) == [["a-1", "b-1"], ["c-1"]]
    assert [event.revision for event in book.events()] == [1, 1]
    assert book.articles_of(["a-1"]) == {"a-1": msgspec.structs.replace(article("a"), language="en")}


def test_records_tell_no_event_before_they_are_linked(book):
    book.keep([read("a")])
    assert ids(book) == []
    assert book.link() == 1
    assert ids(book) == [["a-1"]]
    assert book.link() == 0


def test_an_article_that_is_there_adds_nothing(book):
    keep_and_link(book, read("a"))
    before = list(book.events())
    added = keep_and_link(book, read("a"), read("a"))
    assert (added.new, added.there, added.records) == (0, 2, 0)
    assert list(book.events()) == before
    assert book.standings([article("a"), article("b")]) == ["there", "new"]


def test_another_text_of_an_article_is_its_newer_version(book):
    keep_and_link(book, read("a"), read("b"))
    (before,) = book.events()
    keep_and_link(book, read("a", place="Leeds", words="Corrected."))
    assert sorted(ids(book)) == [["a-1"], ["b-1"]]
    (left,) = book.events(Question(countries=("GB",), text="Oban"))
    assert (left.id, told(left), left.revision) == (before.id, ["b-1"], 2)
    # the older text is still known
    assert book.standings([article("a")]) == ["there"]


def test_two_versions_at_once_leave_the_last_one_to_tell(book):
    keep_and_link(book, read("a"), read("a", place="Leeds", words="Corrected."))
    assert [event.place.name for event in book.events()] == ["Leeds"]


def test_what_could_not_be_coded_is_new_again(book):
    broken = Coded(id="a", failures=(Failure("a", "code", "it broke"),))
    added = book.keep([(article("a"), broken)], [Failure("gone.txt", "read", "no such file")])
    assert [failure.stage for failure in added.failed] == ["read", "code"]
    assert (added.new, book.standings([article("a")])) == (0, ["new"])
    book.keep([(article("a"), broken)])
    assert len(book.failures()) == 2


def test_a_record_whose_id_another_article_has_is_a_failure(book):
    first, second = read("a"), read("b")
    stolen = msgspec.structs.replace(second[1], events=(record("a-1"),))
    added = keep_and_link(book, first, (second[0], stolen))
    assert [failure.article for failure in added.failed] == ["b"]
    assert ids(book) == [["a-1"]]


def repeats(event):
    return {telling.record: telling.copy_of for telling in event.records}


def test_a_copy_is_known_as_one_whatever_came_first(book):
    keep_and_link(book, read("b", words="(Wire)"), read("c"))
    keep_and_link(book, read("a", words="Late edition. (Wire)"), read("d", place="Leeds", words="(Wire)"))
    oban, leeds = sorted(book.events(), key=lambda event: event.place.name, reverse=True)
    assert repeats(oban) == {"a-1": "", "b-1": "a", "c-1": ""}
    # a copy is looked for among the articles of one event
    assert repeats(leeds) == {"d-1": ""}
    before = list(book.events())
    assert keep_and_link(book, read("a", words="Late edition. (Wire)")).there == 1
    book.link(everything=True)
    assert list(book.events()) == before


def test_a_copy_stands_for_itself_once_its_original_is_taken_down(book):
    keep_and_link(book, read("a", words="(Wire)"), read("b", words="(Wire)"), read("c", words="(Wire)"))
    book.take_down("a", by="ann", why="asked")
    assert [repeats(event) for event in book.events()] == [{"b-1": "", "c-1": "b"}]


def test_a_newer_text_may_be_no_copy_any_more(book):
    keep_and_link(book, read("a", words="(Wire)"), read("b", words="(Wire)"))
    keep_and_link(book, read("b", words="Our own account."))
    assert [repeats(event) for event in book.events()] == [{"a-1": "", "b-1": ""}]


def test_other_events_of_the_same_articles_are_found(book):
    first = read("a")
    two = msgspec.structs.replace(first[1], events=(record("a-1"), record("a-2", place="Leeds")))
    keep_and_link(book, (first[0], two), read("b", place="Leeds"), read("c", place="Tomsk"))
    leeds = book.event("b-1")
    assert book.told_with(book.event("a-1").id) == (leeds,)
    assert book.told_with(book.event("c-1").id) == ()


def test_what_linking_looks_at_for_a_record_is_given(book):
    keep_and_link(book, read("a"), read("b"), read("c", place="Leeds"))
    assert {report.record.id for report in book.compared(["a-1"])} == {"a-1", "b-1"}
    book.decide([decision("same", "a-1", "c-1")])
    assert {report.record.id for report in book.compared(["a-1"])} == {"a-1", "b-1", "c-1"}
    assert book.compared(["nothing"]) == ()


def test_an_event_keeps_its_id_when_it_grows_and_its_old_version(book):
    keep_and_link(book, read("a"))
    (before,) = book.events()
    keep_and_link(book, read("b"))
    (after,) = book.events()
    assert (after.id, after.revision) == (before.id, 2)
    assert [version.event for version in book.versions(after.id)] == [before]


def test_workers_share_what_waits_to_be_linked(new_name, monkeypatch):
    monkeypatch.setattr(relinking, "_ROUND", 2)
    news = [read(f"x{n}", place=("Oban", "Leeds")[n % 2], day=f"2024-05-{1 + n // 6}") for n in range(24)]
    alone, shared = (open_book(new_name(), FakeLinker()) for _ in range(2))
    for opened, runner in ((alone, None), (shared, sharers(2))):
        opened.keep(news)
        assert opened.link(runner=runner) == 24
    assert ids(alone) == ids(shared)
    assert len(ids(shared)) == 8
    assert list(shared.faults()) == []
    alone.close()
    shared.close()


def test_linking_all_anew_changes_nothing(book):
    keep_and_link(book, read("a"), read("b"), read("c", place="Leeds"))
    book.decide([decision("same", "a-1", "c-1")])
    before = list(book.events())
    assert book.link(everything=True) == 3
    assert list(book.events()) == before


def test_a_merged_event_leads_to_the_one_it_went_into(book):
    keep_and_link(book, read("a"), read("b"), read("c", place="Leeds"))
    (leeds,) = book.events(Question(text="Leeds"))
    book.decide([decision("same", "a-1", "c-1")])
    (merged,) = book.events()
    assert told(merged) == ["a-1", "b-1", "c-1"]
    assert book.event(leeds.id) == merged
    assert [version.event for version in book.versions(leeds.id)] == [leeds]
    assert book.event("c-1") == merged


def test_an_event_that_is_split_keeps_its_id_where_most_records_are(book):
    keep_and_link(book, read("a"), read("b"), read("c"))
    (whole,) = book.events()
    book.decide([decision("different", "a-1", "b-1"), decision("different", "a-1", "c-1")])
    parts = {event.id: told(event) for event in book.events()}
    assert parts.pop(whole.id) == ["b-1", "c-1"]
    assert list(parts.values()) == [["a-1"]]


def test_an_event_that_comes_back_has_its_id_again_and_counts_on(book):
    keep_and_link(book, read("a"), read("c", place="Leeds"))
    first = {event.place.name: event.id for event in book.events()}
    book.decide([decision("same", "a-1", "c-1")])
    book.decide([decision("different", "a-1", "c-1", minute=1)])
    assert {event.place.name: event.id for event in book.events()} == first
    assert {event.revision for event in book.events()} == {2, 3}


def test_a_person_corrects_a_value_which_holds_when_more_is_added(book):
    keep_and_link(book, read("a"))
    book.decide([decision("correct", "a-1", field="form", value="march")])
    keep_and_link(book, read("b"))
    (event,) = book.events()
    assert (event.form, told(event)) == ("march", ["a-1", "b-1"])
    assert ids(book, forms=("march",)) == [["a-1", "b-1"]]
    book.link(everything=True)
    assert [event.form for event in book.events()] == ["march"]


def test_the_newest_decision_holds_whatever_the_order_in_which_they_come(book):
    keep_and_link(book, read("a"))
    book.decide([decision("correct", "a-1", field="form", value="march", minute=5)])
    book.decide([decision("correct", "a-1", field="form", value="vigil", by="bob", minute=1)])
    assert [event.form for event in book.events()] == ["march"]
    assert [judged.by for judged in book.decisions(["a-1"])] == ["bob", "ann"]


@pytest.mark.parametrize("order", [1, -1])
def test_what_an_adjudicator_decided_holds_over_whatever_a_coder_says_later(book, order):
    keep_and_link(book, read("a"), read("c", place="Leeds"))
    made = [
        decision("correct", "a-1", by="cy", field="form", value="vigil", final=True),
        decision("correct", "a-1", by="ann", field="form", value="march", minute=5),
        decision("reject", "c-1", by="cy", final=True),
        decision("restore", "c-1", by="ann", value="accepted", minute=5),
    ]
    for one in made[::order]:
        book.decide([one])
    assert book.event("a-1").form == "vigil"
    assert ids(book) == [["a-1"]]
    book.decide([decision("correct", "a-1", by="cy", field="form", value="march", minute=9, final=True)])
    assert book.event("a-1").form == "march"


def test_decisions_on_whole_articles_are_found_and_change_no_event(book):
    keep_and_link(book, read("a"), read("c", place="Leeds"))
    before = list(book.events())
    made = decision("take", by="bob", article="a")
    book.decide([made, decision("skip", "c-1")])
    assert book.decisions([WHOLE]) == (made,)
    assert book.decisions(["a-1"]) == ()
    assert len(book.decisions()) == 2
    book.link(everything=True)
    assert list(book.events()) == before


def test_what_people_read_in_an_article_goes_with_it_when_it_is_taken_down(book):
    keep_and_link(book, read("a"), read("c", place="Leeds"))
    theirs = decision("code", by="bob", article="c", value={"text": "", "events": []})
    book.decide(
        [decision("code", by="bob", article="a", value={"text": "", "events": [], "why": "quoted"}), theirs]
    )
    book.take_down("a", by="ann", why="law")
    assert book.decisions() == (theirs,)


def test_a_rejected_event_is_gone_until_it_is_restored(book):
    keep_and_link(book, read("a"), read("b"))
    (event,) = book.events()
    book.decide([decision("reject", "a-1", "b-1")])
    assert ids(book) == []
    with pytest.raises(InputError, match="gone since"):
        book.event(event.id)
    with pytest.raises(InputError, match="gone since"):
        book.records_of(event.id)
    assert book.records_of(event.id, last=True) == ("a-1", "b-1")
    book.decide([decision("restore", "a-1", "b-1", minute=1)])
    assert [(again.id, told(again)) for again in book.events()] == [(event.id, ["a-1", "b-1"])]


def test_decisions_may_come_before_their_records(book):
    book.decide([decision("same", "a-1", "c-1"), decision("reject", "b-1")])
    keep_and_link(book, read("a"), read("b"), read("c", place="Leeds"))
    assert ids(book) == [["a-1", "c-1"]]


def test_a_decision_that_is_there_adds_nothing(book):
    keep_and_link(book, read("a"))
    assert [book.decide([decision("reject", "a-1")]) for _ in range(2)] == [1, 0]
    assert len(book.decisions()) == 1


def test_decisions_that_go_in_a_circle_are_refused_and_the_book_is_as_before(book):
    keep_and_link(book, read("a"), read("b", place="Leeds"), read("c", place="Tomsk"))
    book.decide([decision("same", "a-1", "b-1"), decision("same", "b-1", "c-1", by="bob", minute=1)])
    before = list(book.events()), book.decisions()
    with pytest.raises(InputError, match=r"same a-1 b-1 \(ann, 2024-06-01\).*same b-1 c-1 \(bob"):
        book.decide([decision("different", "a-1", "c-1", minute=2)])
    assert (list(book.events()), book.decisions()) == before


def test_an_article_that_is_taken_down_is_in_no_answer(book):
    keep_and_link(book, read("a", words="Zebras came."), read("b"), read("c", place="Leeds"))
    (event,) = book.events(Question(text="zebras"))
    stone = book.take_down("a", by="ann", why="a court said so")
    assert (stone.article, stone.by, stone.why) == ("a", "ann", "a court said so")
    assert book.tombstones() == (stone,)
    assert ids(book, text="zebras") == []
    assert book.articles_of(["a-1"]) == {}
    assert told(book.event(event.id)) == ["b-1"]
    # what it was before showed the article
    assert book.versions(event.id) == ()
    assert book.standings([article("a", words="Zebras came."), article("z", words="Zebras came.")]) == [
        "taken down",
        "taken down",
    ]
    assert keep_and_link(book, read("a", words="Zebras came.")).taken_down == 1
    book.take_down("c", by="ann", why="a court said so")
    assert ids(book) == [["b-1"]]


def test_a_book_gives_account_of_each_source_and_month(book):
    broken = Coded(id="x", failures=(Failure("x", "code", "it broke"),))
    partly = read("b", place="Leeds")
    partly = partly[0], msgspec.structs.replace(partly[1], failures=(Failure("b", "read", "cut off"),))
    keep_and_link(
        book, read("a"), partly, (article("q"), Coded(id="q", coder="test 2")), (article("x"), broken)
    )
    told = book.holdings()
    assert told.coders == ("test 1", "test 2")
    assert [msgspec.structs.astuple(one) for one in told.coverage] == [
        ("", "", 0, 0, 0, 0, 1),
        ("The Argus", "2024-05", 3, 1, 2, 2, 1),
    ]


def test_an_older_version_of_an_article_counts_for_nothing(book):
    keep_and_link(book, read("a"))
    keep_and_link(book, read("a", words="Corrected."))
    (coverage,) = book.holdings().coverage
    assert (coverage.articles, coverage.records, coverage.events) == (1, 1, 1)


def test_an_article_that_tells_nothing_can_be_taken_down(book):
    keep_and_link(book, (article("q"), Coded(id="q")))
    book.take_down("q", by="ann", why="asked")
    assert book.standings([article("q")]) == ["taken down"]


@pytest.mark.parametrize(("name", "said"), [("nothing", "in this book"), ("a", "taken down on")])
def test_only_what_is_there_can_be_taken_down(book, name, said):
    keep_and_link(book, read("a"))
    book.take_down("a", by="ann", why="asked")
    with pytest.raises(InputError, match=said):
        book.take_down(name, by="ann", why="asked")


def test_a_name_that_is_none_is_named(book):
    with pytest.raises(InputError, match=r"'nothing'.*the id of an event or of a record"):
        book.event("nothing")


def test_events_are_chosen_by_day_place_kind_and_words(book):
    keep_and_link(
        book,
        read("a", day="2024-05-12", quote="Nurses held a rally.", words="Nurses came."),
        read("b", place="Leeds", day="2024-05-10/2024-05-20", form="strike"),
        read("c", place="Tomsk", day="2024-06"),
        read("d", place="Suva", day=""),
        read("e", place="Apia", day="2024-07-01/.."),
    )
    for asked, found in (
        ({"first": dt.date(2024, 6, 15)}, ["c-1", "e-1"]),
        ({"last": dt.date(2024, 5, 11)}, ["b-1"]),
        ({"first": dt.date(2024, 5, 12), "last": dt.date(2024, 5, 12)}, ["b-1", "a-1"]),
        ({"countries": ("GB", "RU")}, ["b-1", "a-1", "c-1"]),
        ({"forms": ("strike",)}, ["b-1"]),
        ({"statuses": ("planned",)}, []),
        ({"near": Near(56.4, -5.4, 10)}, ["a-1"]),
        ({"near": Near(56.4, -5.4, 500)}, ["b-1", "a-1"]),
        # over the 180th meridian: 1,155 km from Suva to Apia
        ({"near": Near(-18.142, 178.442, 1160)}, ["e-1", "d-1"]),
        ({"near": Near(-18.142, 178.442, 1100)}, ["d-1"]),
        ({"box": Box(170, -20, -170, -10)}, ["e-1", "d-1"]),
        ({"box": Box(-10, 50, 0, 60), "forms": ("rally",)}, ["a-1"]),
        ({"text": "nurses RALLY"}, ["a-1"]),
        ({"text": '"rally nurses"'}, []),
        ({"text": '"rally was" held'}, ["b-1", "a-1", "c-1", "e-1", "d-1"]),
        ({"quote": "nurses"}, ["a-1"]),
        ({}, ["b-1", "a-1", "c-1", "e-1", "d-1"]),
    ):
        assert [record for records in ids(book, **asked) for record in records] == found, asked


def test_events_are_left_out_by_their_ids(week):
    every = list(week.events())
    out = (every[0].id, every[-1].id)
    asked = Question(without=out)
    assert [event.id for event in week.events(asked)] == [event.id for event in every[1:-1]]
    assert week.count(asked) == len(every) - 2
    assert sum(week.facets(asked)["form"].values()) == len(every) - 2
    assert not set(week.points(asked).ids) & set(out)


def test_pages_follow_each_other(book):
    keep_and_link(
        book,
        *(
            read(f"a{n}", day=f"2024-05-{n // 3 + 1:02}", place=("Oban", "Leeds", "Tomsk")[n % 3])
            for n in range(20)
        ),
    )
    every = [event.id for event in book.events()]
    pages, after = [], ""
    while page := list(book.events(Question(limit=3, after=after))):
        pages += [event.id for event in page]
        after = page[-1].id
    assert pages == every
    assert len(every) == 20


def test_facets_count_what_a_question_chooses(book):
    keep_and_link(
        book, read("a"), read("b"), read("c", place="Leeds", form="march"), read("d", place="Tomsk", day="")
    )
    assert book.facets(Question()) == {
        "country": {"GB": 2, "RU": 1},
        "form": {"march": 1, "rally": 2},
        "month": {"2024-05": 2},
        "status": {"happened": 3},
        "focus": {"focal": 3},
        "source": {"The Argus": 3},
        "response": {},
    }
    assert book.facets(Question(countries=("RU",)))["form"] == {"rally": 1}


@pytest.fixture
def week(book):
    """Six rallies and marches of a week in May, of which one is known to a country, one to no place and no day."""
    keep_and_link(
        book,
        read(
            "a",
            day="2024-05-06",
            size=(300, 500),
            response=("present",),
            claims=("lower rents", "clean water"),
        ),
        read(
            "b",
            place="Leeds",
            day="2024-05-07",
            size=(2000, None),
            response=("force", "arrests"),
            source="Herald",
        ),
        read("c", place="Leeds", day="2024-05-08", form="march", size=50, confidence={"record": 0.9}),
        read("d", place="Tomsk", day="2024-05-08", focus="background", confidence={"record": 0.4}),
        read("e", place="Suva", day="2024-05-13", precision="country", claims=("clean streets",)),
        read("f", place="nowhere", precision="unknown", day="", source="Herald"),
    )
    return book


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"min_size": 400}, "ab"),
        ({"min_size": 501}, "b"),
        ({"max_size": 300}, "ac"),
        ({"min_size": 60, "max_size": 299}, ""),
        ({"responses": ("none", "arrests")}, "b"),
        ({"responses": ("present", "force")}, "ab"),
        ({"claim": "water"}, "a"),
        ({"claim": "CLEAN"}, "ae"),
        ({"claim": "clean rents"}, "a"),
        ({"claim": '"lower water"'}, ""),
        ({"sources": ("Herald",)}, "bf"),
        ({"sources": ("Herald", "The Argus")}, "abcdef"),
        ({"sources": ("Post",)}, ""),
        ({"focuses": ("background",)}, "d"),
        ({"min_confidence": 0.5}, "c"),
        ({"undated": True}, "f"),
        ({"undated": False}, "abcde"),
        ({"unplaced": True}, "ef"),
        ({"unplaced": False}, "abcd"),
        ({"unplaced": True, "undated": False}, "e"),
    ],
)
def test_events_are_chosen_by_all_that_is_known_of_them(week, asked, found):
    assert sorted(record for records in ids(week, **asked) for record in records) == [
        f"{name}-1" for name in found
    ]
    assert week.count(Question(**asked)) == len(found)
    assert week.points(Question(**asked)).matched == len(found)


def test_what_can_be_asked_follows_corrections(week):
    week.decide([decision("correct", "a-1", field="claims", value=["free buses"])])
    week.decide([decision("correct", "a-1", field="size.high", value=2**70, minute=1)])
    assert ids(week, claim="water") == []
    assert ids(week, claim="buses") == [["a-1"]]
    assert ids(week, min_size=2**40) == [["a-1"], ["b-1"]]
    week.decide([decision("reject", "a-1", minute=2)])
    assert ids(week, claim="buses") == []


def test_what_is_taken_down_is_found_by_nothing_that_was_asked(week):
    week.take_down("a", by="ann", why="asked")
    week.take_down("f", by="ann", why="asked")
    assert ids(week, claim="rents") == []
    assert ids(week, sources=("Herald",)) == [["b-1"]]
    assert week.facets(Question())["response"] == {"force": 1, "arrests": 1}


def test_facets_count_each_outlet_and_each_response_once(week):
    keep_and_link(
        week, read("g", day="2024-05-06", source="Herald"), read("h", day="2024-05-06", source="Herald")
    )
    counted = week.facets(Question())
    assert counted["source"] == {"The Argus": 4, "Herald": 3}
    assert counted["response"] == {"present": 1, "force": 1, "arrests": 1}
    assert counted["focus"] == {"background": 1, "focal": 5}
    assert week.facets(Question(sources=("Herald",)))["form"] == {"rally": 3}


@pytest.mark.parametrize(
    ("by", "bins"),
    [
        ("day", {"2024-05-06": 1, "2024-05-07": 1, "2024-05-08": 2, "2024-05-13": 1}),
        ("week", {"2024-05-06": 4, "2024-05-13": 1}),
        ("month", {"2024-05-01": 5}),
    ],
)
def test_a_timeline_counts_each_event_on_its_first_day(week, by, bins):
    keep_and_link(week, read("o", day="../2024-05-20"))
    line = week.timeline(Question(), by=by)
    assert {stretch.first.isoformat(): sum(stretch.forms.values()) for stretch in line} == bins
    assert list(bins) == [stretch.first.isoformat() for stretch in line]
    assert sum(stretch.forms.get("march", 0) for stretch in line) == 1
    assert week.timeline(Question(forms=("strike",)), by=by) == ()


def test_points_are_columns_in_the_order_of_events(week):
    points = week.points(Question())
    every = list(week.events(Question(unplaced=False)))
    assert points.ids == tuple(event.id for event in every)
    assert points.lons == tuple(event.place.lon for event in every)
    assert points.lats == tuple(event.place.lat for event in every)
    assert points.days == tuple(event.date.edtf for event in every)
    assert points.forms == tuple(event.form for event in every)
    assert set(zip(points.lows, points.highs, strict=True)) == {
        (300, 500),
        (2000, None),
        (50, 50),
        (None, None),
    }
    assert (set(points.precisions), set(points.statuses)) == ({"city"}, {"happened"})
    assert (points.matched, points.country_only, points.placeless, points.undated) == (6, 1, 1, 1)


def test_points_stop_where_they_shall_and_count_on(week):
    points = week.points(Question(), limit=2)
    assert (len(points.ids), len(points.lons), points.matched) == (2, 2, 6)
    none = week.points(Question(forms=("strike",)))
    assert (none.ids, none.matched, none.country_only, none.undated) == ((), 0, 0, 0)


def test_spots_hold_each_point_once_and_count_what_is_none(week):
    spots, points = week.spots(Question()), week.points(Question())
    lying = Counter(zip(points.lons, points.lats, strict=True))
    assert dict(zip(zip(spots.lons, spots.lats, strict=True), spots.counts, strict=True)) == lying
    assert sorted(lying.values()) == [1, 1, 2]
    assert (spots.matched, spots.country_only, spots.placeless, spots.undated) == (6, 1, 1, 1)
    strikes = week.spots(Question(forms=("strike",)))
    assert (strikes.counts, strikes.matched, strikes.undated) == ((), 0, 0)


def test_sizes_are_counted_whatever_the_place(week):
    assert week.sizes(Question()) == {(300, 500): 1, (2000, None): 1, (50, 50): 1, (None, None): 3}
    assert week.sizes(Question(forms=("strike",))) == {}


def test_responses_are_counted_by_form(week):
    assert week.responses(Question()) == {"march": {}, "rally": {"present": 1, "arrests": 1, "force": 1}}
    assert week.responses(Question(countries=("RU",))) == {"rally": {}}
    assert week.responses(Question(forms=("strike",))) == {}


def test_cells_hold_each_point_once(week):
    fine = week.cells(Question(), resolution=10)
    assert sorted(cell.count for cell in fine) == [1, 1, 2]
    leeds = next(cell for cell in fine if cell.count == 2)
    assert (leeds.lon, leeds.lat) == pytest.approx((-1.544, 53.797))
    # the tiles of a web map: west to east, north to south
    assert (leeds.x, leeds.y) == (507, 329)
    (world,) = week.cells(Question(), resolution=0)
    assert (world.x, world.y, world.count) == (0, 0, 4)
    assert [(cell.x, cell.y, cell.count) for cell in week.cells(Question(), resolution=1)] == [
        (0, 0, 3),
        (1, 0, 1),
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"countries": ("Russia",)}, "country: received 'Russia', allowed: ISO 3166-1"),
        ({"forms": ("picnic",)}, "form: received 'picnic', allowed: rally, march"),
        ({"statuses": ("maybe",)}, "status: received 'maybe', allowed: happened"),
        ({"near": Near(91, 0, 1)}, "near: received '91,0,1'"),
        ({"first": dt.date(2024, 2, 1), "last": dt.date(2024, 1, 1)}, "from: received '2024-02-01'"),
        ({"limit": -1}, "limit: received -1"),
        ({"text": '" ?'}, "text: received"),
        ({"claim": "?"}, "claim: received '\\?', allowed: at least one word"),
        ({"focuses": ("main",)}, "focus: received 'main', allowed: focal, background"),
        ({"responses": ("shot",)}, "response: received 'shot', allowed: none, present"),
        ({"min_size": -1}, "min_size: received -1"),
        ({"max_size": 2**64}, "max_size: received 18446744073709551616"),
        ({"min_size": 5, "max_size": 4}, "min_size: received 5, allowed: a head count up to 4"),
        ({"min_confidence": 1.5}, "min_confidence: received 1.5, allowed: a number from 0 to 1"),
    ],
)
def test_a_question_that_nothing_can_answer_is_refused(book, asked, said):
    with pytest.raises(InputError, match=said):
        list(book.events(Question(**asked)))
    with pytest.raises(InputError, match=said):
        book.facets(Question(**asked))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda book: book.timeline(by="year"), "by: received 'year', allowed: day, week, month"),
        (lambda book: book.points(limit=-1), "limit: received -1"),
        (lambda book: book.cells(resolution=23), "resolution: received 23, allowed: a whole number, 0 to 22"),
        (lambda book: book.cells(resolution=-1), "resolution: received -1"),
    ],
)
def test_an_overview_that_nothing_can_give_is_refused(book, ask, said):
    with pytest.raises(InputError, match=said):
        ask(book)


def test_texts_of_any_kind_are_kept(book):
    strange = msgspec.structs.replace(article("a"), text="A rally \ud800 \x00 抗議", title="%_'\"")
    book.keep([(strange, Coded(id="a", events=(record("a-1"),)))])
    book.link()
    assert book.articles_of(["a-1"])["a-1"].text == "A rally \ufffd \x00 抗議"
    assert ids(book, text="rally") == [["a-1"]]


def test_a_book_tells_how_much_it_has(book):
    assert (book.figures().articles, book.figures().last_added) == (0, None)
    book.keep([read("a"), read("b"), read("c", place="Leeds")], [Failure("d", "read", "no text")])
    assert (book.figures().waiting, book.figures().events) == (3, 0)
    book.link()
    book.decide([decision("correct", "a-1", field="form", value="march")])
    had = book.figures()
    assert (had.articles, had.records, had.events, had.decisions, had.waiting) == (3, 3, 2, 1, 0)
    assert had.failures == {"read": 1}
    assert had.last_added.tzinfo is not None


def test_a_sound_book_is_ready_and_has_no_faults(book):
    keep_and_link(book, read("a"), read("b"))
    keep_and_link(book, read("b", words="Now with more."), read("c", place="Leeds"))
    book.decide([decision("reject", "c-1")])
    book.take_down("a", by="ann", why="asked")
    book.check_ready()
    assert list(book.faults()) == []
    assert list(book.faults(derive=False)) == []


def test_a_snapshot_answers_as_the_book_was(book):
    keep_and_link(book, read("a"), read("b", place="Leeds"))
    before = list(book.events()), book.facets(), book.holdings(), book.state()
    with book.snapshot() as seen:
        keep_and_link(book, read("c", place="Tomsk"))
        book.decide([decision("reject", "a-1")])
        assert (list(seen.events()), seen.facets(), seen.holdings(), seen.state()) == before
        assert seen.event("a-1") in before[0]
        assert seen.decisions() == ()
        assert sorted(ids(book)) == [["b-1"], ["c-1"]]
    assert book.state() != before[3]


def test_an_event_keeps_its_id_when_more_reports_come_at_once_than_it_had(book):
    book.keep([read("a")])
    book.link()
    (before,) = book.events()
    book.keep([read(name) for name in "bcd"])
    book.link()
    (after,) = book.events()
    assert (after.id, len(after.records)) == (before.id, 4)


# --- what people found


def test_what_people_found_tells_an_event_with_what_machines_read_elsewhere(book):
    keep_and_link(book, with_vigil(), read("b", place="Suva"))
    before = book.event("b-1")
    assert (book.decide([finding()]), book.decide([finding()])) == (1, 0)
    event = book.event(vigil_of())
    assert (event.id, told(event)) == (before.id, sorted(["b-1", vigil_of()]))
    assert {one.record: one.coder for one in event.records}[vigil_of()] == "people"
    assert book.read_in("a") == ("a-1", vigil_of())
    assert ids(book, quote="later vigil") == [told(event)]
    assert len(ids(book, near=Near(-18.142, 178.442, 10))) == 1
    assert list(book.faults()) == []
    book.link(everything=True)
    assert book.event(vigil_of()) == event
    book.decide([finding(withdrawn=True, minute=1)])
    assert told(book.event(before.id)) == ["b-1"]
    assert list(book.faults()) == []


def test_what_people_found_waits_for_its_article_and_follows_its_text(book):
    book.decide([finding(), finding("c")])
    assert ids(book) == []
    keep_and_link(book, with_vigil())
    assert sorted(map(told, book.events())) == sorted([["a-1"], [vigil_of()]])
    event = book.event(vigil_of()).id
    keep_and_link(book, read("a", words=f"New words. {VIGIL}"))
    assert book.event(vigil_of()).id == event
    added = keep_and_link(book, read("a", words="It was called off."))
    assert [one.stage for one in added.failed] == ["found"]
    assert list(map(told, book.events())) == [["a-1"]]
    book.take_down("a", by="cy", why="court")
    assert [one.article for one in book.decisions()] == ["c"]


def test_what_people_found_is_moved_and_imported(book, new_name):
    keep_and_link(book, with_vigil(), read("b", place="Suva"))
    book.decide([finding(), decision("correct", vigil_of(), field="form", value="march", minute=1)])
    lines = [as_json(one).encode() for one in book.decisions()]
    other = open_book(new_name(), FakeLinker())
    other.decide(list(decisions_in(lines, "test")))
    keep_and_link(other, read("b", place="Suva"), with_vigil())
    assert other.decisions() == book.decisions()
    assert sorted(map(told, other.events())) == sorted(map(told, book.events()))
    assert other.event(vigil_of()).form == book.event(vigil_of()).form == "march"
    other.close()
