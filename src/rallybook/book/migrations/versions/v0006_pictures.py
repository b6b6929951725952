"""Pictures of posts are remembered, and whose posts are one voice."""

from __future__ import annotations

from alembic import op

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
    """Add the table and the column."""
    for statement in _STATEMENTS:
        op.execute(statement)
