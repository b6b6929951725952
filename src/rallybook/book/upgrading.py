"""Bringing the tables of a book up to the version of this program, by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from rallybook.book.schema import VERSION
from rallybook.errors import BookError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, name: str, found: str | None, versions: str) -> None:
    """Bring a book of the version `found`, None for an empty database, up to date.

    It is done whole or, where that is cut off, not at all: it is one transaction. `versions` is the folder of the
    migrations of this kind of database. Raises `BookError` for a newer version.
    """
    from alembic import command  # noqa: PLC0415 - half a second that a book of this version need not wait

    check_known(found, name, versions)
    config = _config(versions)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def check_known(found: str | None, name: str, versions: str) -> None:
    """Raise `BookError` for a version that none of these migrations makes: that of a newer rallybook."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    known = [script.revision for script in ScriptDirectory.from_config(_config(versions)).walk_revisions()]
    if found is not None and found not in known:
        raise BookError(
            name,
            f"a book of version {found}, made by a newer rallybook",
            f"versions up to {VERSION}; install a newer rallybook",
        )


def _config(versions: str) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("path_separator", "os")
    for option, folder in (("script_location", MIGRATIONS), ("version_locations", MIGRATIONS / versions)):
        config.set_main_option(option, str(folder).replace("%", "%%"))
    return config
