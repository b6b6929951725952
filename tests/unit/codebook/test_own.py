import pytest

from rallybook.codebook.own import own_or_default, read_own
from rallybook.errors import CodebookError, InputError
from rallybook.model.record import FORMS

GOOD = "version: 1\nname: boats\nforms:\n  flotilla: boats together\nroles:\n  crews: who sails\n"


def written(tmp_path, text):
    path = tmp_path / "codebook.yaml"
    path.write_text(text)
    return path


def test_forms_and_roles_are_read_with_what_they_mean(tmp_path):
    book = read_own(written(tmp_path, GOOD))
    assert (book.name, book.forms, book.roles) == (
        "boats",
        {"flotilla": "boats together"},
        {"crews": "who sails"},
    )


def test_without_a_file_the_forms_are_our_own():
    assert tuple(own_or_default(None).forms) == FORMS


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"no\.yaml"):
        read_own(tmp_path / "no.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("version: 1", "version: 9"), "version 9"),
        (GOOD.replace("flotilla", "Flotilla!"), "form: received 'Flotilla!', allowed: small letters"),
        (GOOD.replace("crews", "place"), "role: received 'place', which is a field"),
        ("version: 1\nname: boats\nforms: {}\n", "forms: received none"),
        ("version: 1\nname: boats\nforms: [a]\n", "forms"),
        (GOOD + "colour: red\n", "colour"),
        ("- a\n- b\n", "not a table"),
    ],
)
def test_what_breaks_the_rules_is_told(tmp_path, text, said):
    with pytest.raises(CodebookError, match=said.replace("[", r"\[")):
        read_own(written(tmp_path, text))
