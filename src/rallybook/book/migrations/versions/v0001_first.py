"""The first tables: articles, records, decisions, and the events derived from them."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_STATEMENTS = (
    """
    CREATE TABLE articles (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        sha BLOB NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        published TEXT,
        url TEXT NOT NULL,
        source TEXT NOT NULL,
        language TEXT NOT NULL,
        coder TEXT NOT NULL,
        added_at TEXT NOT NULL,
        current INTEGER NOT NULL,
        PRIMARY KEY (number),
        CONSTRAINT articles_id_sha UNIQUE (id, sha)
    )
    """,
    """
    CREATE TABLE records (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        article INTEGER NOT NULL,
        data TEXT NOT NULL,
        form TEXT NOT NULL,
        status TEXT NOT NULL,
        country TEXT NOT NULL,
        first_day TEXT NOT NULL,
        quote TEXT NOT NULL,
        current INTEGER NOT NULL,
        PRIMARY KEY (number)
    )
    """,
    "CREATE INDEX records_article ON records (article)",
    "CREATE UNIQUE INDEX records_id ON records (id) WHERE current = 1",
    """
    CREATE TABLE failures (
        number INTEGER NOT NULL,
        article TEXT NOT NULL,
        stage TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (number),
        CONSTRAINT failures_once UNIQUE (article, stage, reason)
    )
    """,
    """
    CREATE TABLE decisions (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        data TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (number),
        UNIQUE (id)
    )
    """,
    "CREATE INDEX decisions_at ON decisions (at, id)",
    """
    CREATE TABLE judged (
        record TEXT NOT NULL,
        decision INTEGER NOT NULL,
        PRIMARY KEY (record, decision)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX judged_decision ON judged (decision)",
    """
    CREATE TABLE tombstones (
        number INTEGER NOT NULL,
        article TEXT NOT NULL,
        sha BLOB NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (number)
    )
    """,
    "CREATE INDEX tombstones_article ON tombstones (article)",
    "CREATE INDEX tombstones_sha ON tombstones (sha)",
    """
    CREATE TABLE pending (
        record INTEGER NOT NULL,
        place_day TEXT NOT NULL,
        keyed INTEGER NOT NULL,
        PRIMARY KEY (record)
    )
    """,
    "CREATE INDEX pending_order ON pending (keyed, place_day, record)",
    """
    CREATE TABLE blocks (
        "key" BIGINT NOT NULL,
        fit INTEGER NOT NULL,
        record INTEGER NOT NULL,
        PRIMARY KEY ("key", fit, record)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX blocks_record ON blocks (record)",
    """
    CREATE TABLE members (
        record INTEGER NOT NULL,
        event INTEGER NOT NULL,
        PRIMARY KEY (record)
    )
    """,
    "CREATE INDEX members_event ON members (event)",
    """
    CREATE TABLE events (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        data TEXT NOT NULL,
        form TEXT NOT NULL,
        status TEXT NOT NULL,
        country TEXT NOT NULL,
        precision TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        lat FLOAT,
        lon FLOAT,
        PRIMARY KEY (number),
        UNIQUE (id)
    )
    """,
    "CREATE INDEX events_country ON events (country, first_day, id, lat, lon)",
    "CREATE INDEX events_facets ON events (first_day, last_day, country, form, status)",
    "CREATE INDEX events_form ON events (form, first_day, id, lat, lon)",
    "CREATE INDEX events_order ON events (first_day, id, lat, lon)",
    """
    CREATE TABLE versions (
        event TEXT NOT NULL,
        revision INTEGER NOT NULL,
        data TEXT NOT NULL,
        until TEXT NOT NULL,
        PRIMARY KEY (event, revision)
    )
    """,
    """
    CREATE TABLE redirects (
        old TEXT NOT NULL,
        new TEXT,
        at TEXT NOT NULL,
        PRIMARY KEY (old)
    )
    """,
    """
    CREATE VIRTUAL TABLE article_words USING fts5(
        title, text,
        content='articles', content_rowid='number',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE quote_words USING fts5(
        quote,
        content='records', content_rowid='number',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    "CREATE VIRTUAL TABLE event_boxes USING rtree(number, west, east, south, north)",
    "PRAGMA application_id = 1380076337",
)


def upgrade() -> None:
    """Make the tables in an empty file, and mark it as a book."""
    for statement in _STATEMENTS:
        op.execute(statement)
