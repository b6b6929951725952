"""Pictures of posts are remembered, and whose posts are one voice."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

_STATEMENTS = (
    """ALTER TABLE articles ADD COLUMN author TEXT COLLATE "C" NOT NULL DEFAULT ''""",
    """
    CREATE TABLE pictures (
        article BIGINT NOT NULL,
        place INTEGER NOT NULL,
        print BIGINT NOT NULL,
        day TEXT COLLATE "C",
        seen TEXT COLLATE "C",
        PRIMARY KEY (article, place)
    )
    """,
)


def upgrade() -> None:
    """Add the table and the column."""
    for statement in _STATEMENTS:
        op.execute(statement)
