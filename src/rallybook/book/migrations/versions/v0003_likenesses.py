"""How alike records are, kept: what is added is compared once, and only what it changes is clustered anew."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    "CREATE TABLE crowds (record INTEGER NOT NULL, others INTEGER NOT NULL, PRIMARY KEY (record))",
    """
    CREATE TABLE likenesses (
        record INTEGER NOT NULL,
        other INTEGER NOT NULL,
        weight FLOAT NOT NULL,
        PRIMARY KEY (record, other)
    ) WITHOUT ROWID
    """,
    "DROP TABLE pending",
    """
    CREATE TABLE pending (
        record INTEGER NOT NULL,
        day_place TEXT NOT NULL,
        stage INTEGER NOT NULL,
        PRIMARY KEY (record)
    )
    """,
    "CREATE INDEX pending_order ON pending (stage, day_place, record)",
    # the keys are other numbers now, and nothing is known of what is alike: all is linked anew with the next addition
    "DELETE FROM blocks",
    "INSERT INTO pending SELECT number, first_day || ' ' || country, 0 FROM records WHERE current = 1",
)


def upgrade() -> None:
    """Add what is known of pairs of records, and have all records linked anew."""
    for statement in _STATEMENTS:
        op.execute(statement)
