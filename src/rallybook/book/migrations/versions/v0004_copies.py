"""Keys of articles' texts, by which copies are found."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table; the keys come when events are told by several articles, and with `link --all`."""
    op.execute(
        """
        CREATE TABLE copy_keys (
            article INTEGER NOT NULL,
            packed BLOB NOT NULL,
            PRIMARY KEY (article)
        )
        """
    )
