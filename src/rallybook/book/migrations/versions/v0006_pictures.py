"""Pictures of posts are remembered, and whose posts are one voice."""

from __future__ import annotations

from alembic import op

from rallybook.book.migrations.told_pictures import remember

revision = "0006"
down_revision = "0005"

_STATEMENTS = (
    "ALTER TABLE articles ADD COLUMN author TEXT DEFAULT '' NOT NULL",
    """
    CREATE TABLE pictures (
        article INTEGER NOT NULL,
        place INTEGER NOT NULL,
        print BIGINT NOT NULL,
        day TEXT,
        seen TEXT,
        PRIMARY KEY (article, place)
    ) WITHOUT ROWID
    """,
)


def upgrade() -> None:
    """Add the table, with what records tell, and the column: who posted what is known from here on only."""
    for statement in _STATEMENTS:
        op.execute(statement)
    remember(op.get_bind())
