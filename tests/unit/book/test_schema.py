import sqlite3

import pytest
from alembic.script import ScriptDirectory
from fake_linker import FakeLinker
from sqlalchemy import create_engine

from rallybook.book.schema import VERSION, metadata
from rallybook.book.store import SqliteBook
from rallybook.book.upgrading import MIGRATIONS


def _shape(connection):
    """Columns and indexes of each table, by its name."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: (
            [tuple(row) for row in connection.execute(f"PRAGMA table_info({name})")],
            sorted(
                (row[1], [tuple(column) for column in connection.execute(f"PRAGMA index_info('{row[1]}')")])
                for row in connection.execute(f"PRAGMA index_list({name})")
            ),
        )
        for name in names
        if name in metadata.tables
    }


def test_the_migrations_make_the_tables_of_the_schema(tmp_path):
    SqliteBook(tmp_path / "book.db", FakeLinker()).close()
    engine = create_engine(f"sqlite:///{tmp_path}/plain.db")
    metadata.create_all(engine)
    engine.dispose()
    migrated, plain = (sqlite3.connect(tmp_path / name) for name in ("book.db", "plain.db"))
    assert _shape(migrated) == _shape(plain)
    for connection in (migrated, plain):
        connection.close()


@pytest.mark.parametrize("versions", ["versions", "postgres"])
def test_the_version_is_that_of_the_newest_migration_of_each_database(versions):
    kept = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS / versions)])
    assert kept.get_heads() == [VERSION]
