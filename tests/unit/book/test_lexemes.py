"""Words are found on a server as they are in a file."""

import sqlite3

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rallybook.book.asking import match
from rallybook.book.lexemes import query, vector, words
from rallybook.errors import InputError

_SIGNS = (
    "aA bB e\u0301 \u00e9\u00c9 \u00df_-.,'\"/@:1\u00b2\u00bd \u5929\ud55c \ufb01\U0001f388 \t%\\\\&|!<>()*"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nurses' march, 5,000 came!", ["nurses", "march", "5", "000", "came"]),
        ("Caf\u00e9 CAFE\u0301 cafe", ["cafe", "cafe", "cafe"]),
        ("snake_case well-being a@b.org", ["snake", "case", "well", "being", "a", "b", "org"]),
        ("", []),
        (
            "\u6297\u8b70 \u0441\u0442\u0430\u0447\u043a\u0430",
            ["\u6297\u8b70", "\u0441\u0442\u0430\u0447\u043a\u0430"],
        ),
    ],
)
def test_words_are_letters_and_numbers(text, found):
    assert words(text) == found


def test_a_vector_has_the_places_of_words_and_a_gap_between_texts():
    assert vector(["a b a", "b"]) == "a:1 b:2 a:3 b:6"
    assert vector(["a b a" + " " * 100_000, "b"]) == "a:1,3 b:2,6"


def test_a_query_asks_for_all_phrases():
    assert query('"Nurses" "higher pay" "-"') == "('nurses') & ('higher' <-> 'pay')"
    assert query('"-"') == ""


@pytest.fixture(scope="module")
def both(database_server):
    """Gives whether a file and a server find words in a text."""
    import psycopg  # noqa: PLC0415 - not installed everywhere

    file = sqlite3.connect(":memory:")
    file.execute("CREATE VIRTUAL TABLE told USING fts5(words, tokenize='unicode61 remove_diacritics 2')")
    server = psycopg.connect(database_server.address, autocommit=True)

    def found(text, asked):
        file.execute("DELETE FROM told")
        file.execute("INSERT INTO told VALUES (?)", (text,))
        (there,) = file.execute("SELECT count(*) FROM told WHERE told MATCH ?", (asked,)).fetchone()
        ((matches,),) = server.execute("SELECT %s::tsvector @@ %s::tsquery", (vector([text]), query(asked)))
        return bool(there), matches

    yield found
    file.close()
    server.close()


@settings(max_examples=150)
@given(text=st.text(_SIGNS, max_size=30), asked=st.text(_SIGNS, min_size=1, max_size=6))
@example(text="nurses want higher pay", asked='"higher pay"')
@example(text="nurses want higher pay", asked="PAY nurse")
@example(text="well-being", asked="well-being")
@example(text="1e5 -3 3.14 a@b.org http://x.org/y?z=1", asked="x.org")
def test_a_server_finds_the_words_that_a_file_finds(both, text, asked):
    try:
        wanted = match(asked)
    except InputError:
        assume(False)
    there, matches = both(text, wanted)
    assert there == matches


@pytest.mark.parametrize(
    "text", ["wort " * 400_000, " ".join(f"w{n}" for n in range(200_000)), "\u6297" * 3_000_000]
)
def test_a_text_of_any_length_can_be_indexed(both, text):
    assert both(text, f'"{text.split()[0][:2000]}"')[1]
