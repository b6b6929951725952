"""Events are written only where they change, and what they were is kept."""

from kept_examples import decision, read

from rallybook.model.question import Question


def _revisions(book):
    return {event.place.name: event.revision for event in book.events()}


def test_an_event_that_shows_the_same_keeps_its_revision(book):
    book.decide([decision("correct", "a-1", field="form", value="rally")])
    # its support changed: the decision stands behind the form now
    assert _revisions(book) == {"Oban": 2, "Leeds": 1}
    book.decide([decision("reject", "c-1"), decision("restore", "c-1", minute=1)])
    assert _revisions(book) == {"Oban": 2, "Leeds": 1}


def test_each_change_leaves_one_version(book):
    event = book.event("a-1")
    for minute, form in enumerate(("march", "vigil", "strike")):
        book.decide([decision("correct", "a-1", field="form", value=form, minute=minute)])
    assert [version.event.form for version in book.versions(event.id)] == ["rally", "march", "vigil"]
    assert [version.event.revision for version in book.versions(event.id)] == [1, 2, 3]


def test_ids_that_lead_on_lead_to_the_end(book):
    (leeds,) = book.events(Question(text="Leeds"))
    book.decide([decision("same", "a-1", "c-1")])
    merged = book.event(leeds.id)
    book.keep(
        [
            read("d", place="Tomsk"),
            read("e", place="Tomsk"),
            read("f", place="Tomsk"),
            read("g", place="Tomsk"),
        ]
    )
    book.link()
    tomsk = book.event("d-1")
    book.decide([decision("same", "a-1", "d-1", minute=1)])
    assert book.event(leeds.id) == book.event(merged.id) == book.event("c-1")
    assert book.event("c-1").id == tomsk.id
    assert book.count() == 1


def test_points_and_words_of_an_event_that_is_gone_are_gone_with_it(book):
    book.decide([decision("reject", "c-1")])
    assert [len(book.points().ids), sum(cell.count for cell in book.cells(resolution=5))] == [1, 1]
    assert book.facets()["source"] == {"The Argus": 1}
