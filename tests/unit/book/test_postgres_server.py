"""A book on a server: what cannot be one is named, without a password; many write at once and nothing is lost."""

import sys
import threading
from urllib.parse import urlsplit

import pytest
from database_server import LOCKED, PASSWORD
from fake_linker import FakeLinker
from kept_examples import decision, read
from sqlalchemy import inspect, text

from rallybook.book.choosing import database_of, open_book
from rallybook.book.schema import VERSION, metadata
from rallybook.book.store import StoredBook
from rallybook.errors import BookError

postgres_server = pytest.importorskip(
    "rallybook.book.postgres_server", reason="psycopg is not installed: pip install 'rallybook[postgres]'"
)


@pytest.fixture
def address(empty_books):
    return empty_books(0)


def _open(name, **options):
    return open_book(name, FakeLinker(), **options)


def _do(name, *statements):
    server = database_of(name)
    with server.writing() as db:
        for statement in statements:
            db.execute(text(statement))
    server.close()


def test_without_a_driver_it_is_said_how_to_get_one(monkeypatch):
    monkeypatch.delitem(sys.modules, "rallybook.book.postgres_server")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(
        BookError, match=r"@h/b: received no driver.*pip install 'rallybook\[postgres\]'"
    ) as error:
        _open("postgresql://ann:secret@h/b")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("postgresql://ann:secret@127.0.0.1:1/b", "no connection .*refused"),
        ("postgresql://ann:secret@nowhere.invalid/b", "no connection .*nowhere.invalid"),
        ("postgresql://ann:se/cret@h/b", "an address that cannot be read.*%40"),
        ("postgresql://h/b?colour=secret", "an address that cannot be read"),
    ],
)
def test_a_server_that_cannot_be_reached_is_named_without_the_password(name, said):
    with pytest.raises(BookError, match=said) as error:
        _open(name)
    assert "secret" not in str(error.value).replace("colour=secret", "")
    assert "cret@" not in str(error.value)


def test_a_password_that_is_wrong_is_named_and_not_shown(database_server, address):
    _do(
        address,
        f"DROP ROLE IF EXISTS {LOCKED}",
        f"CREATE ROLE {LOCKED} LOGIN PASSWORD '{PASSWORD}'",
    )
    parts = urlsplit(address)

    def by(password):
        where = parts.netloc.rpartition("@")[2]
        return parts._replace(netloc=f"{LOCKED}:{password}@{where}").geturl()

    try:
        _open(by("0pen%20sesame"), create=False).close()
    except BookError as error:
        said = str(error)
    else:
        pytest.skip("this server asks for no password")
    assert "password authentication failed" in said
    assert "sesame" not in said
    # the right one opens the door, but not the book
    with pytest.raises(BookError, match="too few rights"):
        _open(by(PASSWORD.replace(" ", "%20")), create=False)


def test_a_database_that_is_not_there_is_named(database_server):
    with pytest.raises(BookError, match=r"database \"no_such_one\" does not exist"):
        _open(database_server.at("no_such_one"))


def test_a_database_without_a_book_is_left_as_it_is_unless_one_shall_be_made(database_server):
    name = database_server.database()
    with pytest.raises(BookError, match=r"a database without a book.*`rallybook add` makes one"):
        _open(name, create=False)
    server = database_of(name)
    with server.reading() as db:
        assert db.execute(text("SELECT to_regnamespace('rallybook')")).scalar() is None
    server.close()
    _open(name).close()
    _open(name, create=False).close()


def test_postgis_is_made_or_asked_for(database_server):
    bare = database_server.database("template0")
    _open(bare).close()
    other = database_server.database("template0")
    _do(address := other, "DROP ROLE IF EXISTS plain", "CREATE ROLE plain LOGIN")
    _do(address, f"GRANT CREATE ON DATABASE {urlsplit(other).path[1:]} TO plain")
    parts = urlsplit(other)
    plain = parts._replace(netloc=f"plain@{parts.netloc.rpartition('@')[2]}").geturl()
    with pytest.raises(BookError, match=r"a database without PostGIS, allowed: .*CREATE EXTENSION postgis"):
        _open(plain)
    _do(other, "CREATE EXTENSION postgis")
    # whoever may make a schema may make a book
    book = _open(plain)
    book.keep([read("a")])
    assert book.link() == 1
    book.close()
    _do(other, "DROP OWNED BY plain", "DROP ROLE plain")


def test_another_encoding_is_refused(database_server):
    with pytest.raises(BookError, match="encoding SQL_ASCII, allowed: UTF8"):
        _open(database_server.database("template0", "SQL_ASCII"))


def test_a_schema_of_something_else_is_refused(database_server):
    name = database_server.database()
    _do(name, "CREATE SCHEMA rallybook", "CREATE TABLE rallybook.mine (x INTEGER)")
    with pytest.raises(BookError, match='a schema "rallybook" of something else'):
        _open(name)


def test_a_book_of_a_newer_version_is_refused(database_server):
    name = database_server.database()
    _open(name).close()
    _do(name, "UPDATE rallybook.alembic_version SET version_num = '9999'")
    with pytest.raises(BookError, match=rf"a book of version 9999.*versions up to {VERSION}"):
        _open(name)


def test_the_migrations_make_the_tables_of_the_schema(address):
    server = database_of(address)
    with server.reading() as db:
        looked = inspect(db)
        made = {
            table.name: {
                column["name"]: column["nullable"] for column in looked.get_columns(table.name, "rallybook")
            }
            for table in metadata.sorted_tables
        }
    server.close()
    for table in metadata.sorted_tables:
        wanted = {column.name: column.nullable for column in table.columns}
        if table.name == "versions":
            # in a file each row has one
            wanted["rowid"] = False
        assert made[table.name] == wanted, table.name


def test_a_writer_that_gets_no_turn_says_why(address):
    first = database_of(address)
    book = StoredBook(postgres_server.PostgresServer(address, wait_s=0.1), FakeLinker())
    with first.writing(), pytest.raises(BookError, match="no turn to write"):
        book.keep([read("a")])
    assert book.keep([read("a")]).new == 1
    book.close()
    first.close()


def test_readers_see_one_state_while_a_writer_writes(address):
    book = _open(address)
    book.keep([read("a")])
    book.link()
    other = _open(address)
    events = other.events()
    first = next(events)
    book.decide([decision("correct", "a-1", field="form", value="march")])
    assert [first.form, *(event.form for event in events)] == ["rally"]
    assert [event.form for event in other.events()] == ["march"]
    other.close()
    book.close()


def test_eight_writers_at_once_keep_everything_once(address):
    """All keep some of the same articles, link, and correct one event; no correction is lost."""
    failed = []

    def write(number):
        try:
            book = _open(address)
            for turn in range(6):
                shared, own = f"s{turn}", f"x{number}-{turn}"
                book.keep([read(shared), read(own, place="Leeds", day=f"2024-05-{turn + 1:02}")])
                book.link()
                book.decide(
                    [
                        decision(
                            "correct",
                            f"{shared}-1",
                            field="form",
                            value="march",
                            by=f"coder {number}",
                            minute=turn,
                        )
                    ]
                )
            book.close()
        except BookError as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    book = _open(address)
    told = sorted(telling.record for event in book.events() for telling in event.records)
    wanted = [f"s{turn}-1" for turn in range(6)] + [f"x{n}-{turn}-1" for n in range(8) for turn in range(6)]
    assert told == sorted(wanted)
    assert len(book.decisions()) == 48
    oban = book.event("s0-1")
    # each change has left a version, in a row
    assert [version.event.revision for version in book.versions(oban.id)] == list(range(1, oban.revision))
    book.close()


def _end_others(address):
    """End all connections to a database but this one, as a server that stops does."""
    server = database_of(address)
    with server.reading() as db:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        db.execute(text(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"))
    server.close()


def test_a_connection_that_the_server_closed_is_replaced(address):
    book = _open(address)
    assert book.count() == 0
    _end_others(address)
    assert book.count() == 0
    book.close()


def test_a_server_that_stops_amid_a_write_is_named_and_keeps_nothing_of_it(address):
    book = _open(address)

    def write():
        with book._database.writing() as db:
            db.execute(text("INSERT INTO failures (article, stage, reason, at) VALUES ('a', 'b', 'c', 'd')"))
            _end_others(address)
            db.execute(text("SELECT 1"))

    with pytest.raises(
        BookError, match=r"a server that was stopped|a connection that was lost|no connection"
    ):
        write()
    assert book.failures() == ()
    book.close()


def test_a_back_up_says_what_to_use(address, tmp_path):
    book = _open(address)
    with pytest.raises(
        BookError, match=r"pg_dump --format custom --schema rallybook.*rallybook copy .*copy.db"
    ):
        book.back_up(tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []
    book.close()


def test_what_is_taken_down_leaves_the_tables(address):
    book = _open(address)
    book.keep([read("z", place="Leeds", words="Xylophonists assembled.", quote="Xylophonists assembled.")])
    book.link()
    book.take_down("z", by="ann", why="asked")
    server = database_of(address)
    with server.reading() as db:
        for table in ("articles", "records", "events", "versions", "article_words", "quote_words"):
            dead = db.execute(
                text("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = :t"), {"t": table}
            )
            rows = db.execute(text(f"SELECT count(*) FROM {table} AS t WHERE t::text ILIKE '%ylophonists%'"))
            assert (rows.scalar(), dead.scalar() or 0) == (0, 0), table
    server.close()
    book.close()


def test_ids_and_sources_of_any_length_are_kept(address):
    long = "long " * 2_000
    book = _open(address)
    book.keep([read(long, source=long)])
    book.link()
    book.decide([decision("correct", f"{long}-1", field="form", value="march")])
    assert [event.records[0].source for event in book.events()] == [long]
    assert book.take_down(long, by="ann", why="asked").article == long
    book.close()
