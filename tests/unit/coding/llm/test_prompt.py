import msgspec

from rallybook.codebook.definitions import definitions
from rallybook.coding.llm.answer import ToldEvent, schema
from rallybook.coding.llm.prompt import instructions, request
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import FORMS


def test_a_changed_codebook_changes_what_is_asked():
    known = definitions()
    changed = msgspec.structs.replace(known, forms=known.forms | {"march": "people walk backwards"})
    assert "- march: people walk backwards\n" in instructions(changed)
    assert instructions(changed) != instructions(known)


def test_every_word_of_the_codebook_is_told():
    known = definitions()
    told = instructions(known)
    for about in (known.forms, known.statuses, known.focus, known.actions, known.fields):
        for word, meaning in about.items():
            assert f"- {word}: {meaning}" in told


def test_every_value_that_is_asked_for_has_a_definition():
    assert set(definitions().fields) == set(ToldEvent.__struct_fields__)


def _objects(part):
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for value in part.values():
            yield from _objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from _objects(value)


def test_the_schema_is_strict():
    assert schema()["type"] == "object"
    objects = list(_objects(schema()))
    assert len(objects) == 3
    for one in objects:
        assert one["additionalProperties"] is False
        assert set(one["required"]) == set(one["properties"])
    assert set(schema()["$defs"]["ToldEvent"]["properties"]["form"]["enum"]) == set(FORMS)


def test_the_text_is_sent_mended():
    reading = read(Article(id="a", title="March\nin Leeds", text="They mar\u200bched."))
    assert request(reading, "small")["messages"][1]["content"] == (
        "Published: not known\nTitle: March in Leeds\nText:\nThey marched."
    )
