"""Pictures of posts are remembered, and whose posts are one voice."""

from __future__ import annotations

from alembic import op

from rallybook.book.migrations.told_pictures import remember

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
    """Add the table, with what records tell, and the column: who posted what is known from here on only."""
    for statement in _STATEMENTS:
        op.execute(statement)
    remember(op.get_bind())
