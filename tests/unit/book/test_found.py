"""Records that people found follow from decisions and texts, whichever comes first."""

import msgspec
import pytest
from fake_linker import FakeLinker
from found_examples import VIGIL, finding, vigil_of, with_vigil
from kept_examples import decision, keep_and_link, read, record

from rallybook.book.store import SqliteBook
from rallybook.errors import InputError
from rallybook.model.outcome import Coded


@pytest.fixture
def book(tmp_path):
    opened = SqliteBook(tmp_path / "book.db", FakeLinker())
    yield opened
    opened.close()


def _forms(book):
    return sorted(event.form for event in book.events())


def _newer(words, *events):
    """Another text of the article, in which the machine reads these events."""
    told, coded = read("a", words=words)
    return told, msgspec.structs.replace(coded, events=(*coded.events, *events))


def test_what_people_found_is_a_record_with_its_offsets(book):
    keep_and_link(book, with_vigil())
    assert book.decide([finding()]) == 1
    event = book.event(vigil_of())
    (telling,) = event.records
    text = book.article("a").text
    assert (event.form, event.place.name, telling.coder) == ("vigil", "Suva", "people")
    assert {path: text[slice(*spans[0])] for path, spans in telling.spans.items()} == {
        "place.text": "Suva", "trigger": "vigil", "quote": VIGIL,
    }  # fmt: skip
    assert event.confidence["record"] == event.confidence["place"] == 1.0
    assert "size" not in event.confidence
    assert book.read_in("a") == ("a-1", vigil_of())
    assert book.reports_of(["a-1"])["a-1"].record.coder is msgspec.UNSET


def test_it_follows_whether_the_article_or_the_decision_comes_first(book):
    assert book.decide([finding()]) == 1
    assert _forms(book) == []
    keep_and_link(book, with_vigil(), read("b"))
    assert _forms(book) == ["rally", "vigil"]
    assert [one.id for one in book.decisions([vigil_of()])] == [finding().id]


def test_finding_it_again_changes_nothing(book):
    keep_and_link(book, with_vigil())
    book.decide([finding()])
    before = list(book.events())
    assert book.decide([finding()]) == 0
    assert book.decide([finding(by="bob", minute=5)]) == 1
    keep_and_link(book, with_vigil())
    assert list(book.events()) == before
    book.link(everything=True)
    assert list(book.events()) == before
    assert list(book.faults()) == []


def test_it_goes_when_it_is_taken_back_and_comes_back_as_the_same_event(book):
    keep_and_link(book, with_vigil())
    book.decide([finding()])
    event = book.event(vigil_of()).id
    book.decide([finding(withdrawn=True, minute=1)])
    assert (_forms(book), book.read_in("a")) == (["rally"], ("a-1",))
    with pytest.raises(InputError):
        book.event(event)
    book.decide([finding(minute=2)])
    assert book.event(vigil_of()).id == event


def test_what_an_adjudicator_took_back_stays_away(book):
    keep_and_link(book, with_vigil())
    book.decide([finding(), finding(withdrawn=True, final=True, minute=1), finding(by="bob", minute=2)])
    assert _forms(book) == ["rally"]


def test_it_is_judged_as_any_other_record(book):
    keep_and_link(book, with_vigil(), read("b", place="Suva"))
    book.decide([finding()])
    # linked with what the machine read elsewhere
    assert [one.record for one in book.event("b-1").records] == sorted(["b-1", vigil_of()])
    book.decide([decision("different", *sorted((vigil_of(), "b-1")), minute=1)])
    assert book.count() == 3
    book.decide([decision("correct", vigil_of(), field="form", value="march", minute=2)])
    assert book.event(vigil_of()).form == "march"
    book.decide([decision("reject", vigil_of(), minute=3)])
    assert book.count() == 2
    # whoever finds it again says that it is one
    book.decide([finding(by="bob", minute=4)])
    assert book.event(vigil_of()).form == "march"


def test_it_stays_in_a_newer_text_that_still_says_it(book):
    keep_and_link(book, with_vigil())
    book.decide([finding()])
    event = book.event(vigil_of())
    added = keep_and_link(book, _newer(f"A line that is new. {VIGIL}"))
    after = book.event(vigil_of())
    assert (added.failed, after.id) == ((), event.id)
    start, end = after.records[0].spans["quote"][0]
    assert book.article("a").text[start:end] == VIGIL
    assert start > event.records[0].spans["quote"][0][0]
    assert list(book.faults()) == []


def test_it_goes_with_the_words_and_that_is_said(book):
    keep_and_link(book, with_vigil())
    book.decide([finding()])
    added = keep_and_link(book, _newer("The vigil was called off."))
    assert _forms(book) == ["rally"]
    (lost,) = added.failed
    assert (lost.article, lost.stage) == ("a", "found")
    assert "Later a vigil" in lost.reason or "Suva" in lost.reason
    assert lost in book.failures()


def test_what_a_machine_reads_in_a_newer_text_is_not_told_twice(book):
    keep_and_link(book, with_vigil())
    book.decide([finding()])
    words = f"More. {VIGIL}"
    text = _newer(words)[0].text
    at = text.index("vigil")
    read_now = record("a-2", place="Suva", form="vigil", quote=VIGIL)
    read_now = msgspec.structs.replace(read_now, trigger="vigil", spans={"trigger": ((at, at + 5),)})
    keep_and_link(book, _newer(words, read_now))
    assert book.read_in("a") == ("a-1", "a-2")
    assert _forms(book) == ["rally", "vigil"]


def test_words_that_the_article_has_not_are_refused(book):
    keep_and_link(book, read("a"))
    with pytest.raises(InputError, match="words of the article"):
        book.decide([finding(text=read("a")[0])])
    assert book.decisions() == ()


def test_a_take_down_erases_what_was_found(book):
    keep_and_link(book, with_vigil())
    book.decide([finding(), decision("reject", "a-1", minute=1)])
    book.take_down("a", by="cy", why="court")
    assert [one.kind for one in book.decisions()] == ["reject"]
    assert (book.count(), book.reports_of([vigil_of()])) == (0, {})


def test_many_are_linked_in_rounds(book, monkeypatch):
    monkeypatch.setattr("rallybook.book.store._AT_ONCE", 1)
    keep_and_link(book, with_vigil("a"), with_vigil("b"))
    book.decide([finding("a"), finding("b")])
    assert [one.record for one in book.event(vigil_of("a")).records] == sorted([vigil_of("a"), vigil_of("b")])


def test_the_book_says_that_people_read(book):
    book.keep([(with_vigil()[0], Coded(id="a", published=None, language="en", coder="test 1", events=()))])
    assert book.holdings().coders == ("test 1",)
    book.decide([finding()])
    assert book.holdings().coders == ("test 1", "people")
    book.decide([finding(withdrawn=True, minute=1)])
    assert book.holdings().coders == ("test 1",)
