"""What more can be asked of events: focus, size, response, confidence, outlets, and the words of claims."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_STATEMENTS = (
    "ALTER TABLE events RENAME TO events_before",
    """
    CREATE TABLE events (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        data TEXT NOT NULL,
        form TEXT NOT NULL,
        status TEXT NOT NULL,
        focus TEXT NOT NULL,
        country TEXT NOT NULL,
        precision TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        lat FLOAT,
        lon FLOAT,
        low BIGINT,
        high BIGINT,
        responses INTEGER NOT NULL,
        confidence FLOAT,
        PRIMARY KEY (number),
        UNIQUE (id)
    )
    """,
    """
    INSERT INTO events SELECT
        number, id, revision, data, form, status, json_extract(data, '$.focus'), country, precision, first_day,
        last_day, lat, lon, json_extract(data, '$.size.low'),
        json_extract(data, '$.size.high'),
        (SELECT coalesce(sum(DISTINCT CASE value
            WHEN 'none' THEN 1 WHEN 'present' THEN 2 WHEN 'warned' THEN 4 WHEN 'blocked' THEN 8
            WHEN 'dispersal' THEN 16 WHEN 'force' THEN 32 WHEN 'arrests' THEN 64 END), 0)
         FROM json_each(data, '$.response.actions')),
        json_extract(data, '$.confidence.record')
    FROM events_before
    """,
    "DROP TABLE events_before",
    "CREATE INDEX events_country ON events (country, first_day, id, lat, lon)",
    "CREATE INDEX events_facets ON events (first_day, last_day, country, form, status)",
    "CREATE INDEX events_form ON events (form, first_day, id, lat, lon)",
    "CREATE INDEX events_order ON events (first_day, id, lat, lon)",
    """
    CREATE TABLE event_sources (
        event INTEGER NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (event, source)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX event_sources_source ON event_sources (source, event)",
    """
    INSERT INTO event_sources SELECT DISTINCT number, json_extract(telling.value, '$.source')
    FROM events, json_each(events.data, '$.records') AS telling WHERE json_extract(telling.value, '$.source') <> ''
    """,
    # the words of claims are indexed and not kept: they stand in the event's JSON anyway
    """
    CREATE VIEW event_claims AS SELECT number, (
        SELECT group_concat(value, char(10)) FROM json_each(events.data, '$.claims')
    ) AS claims FROM events
    """,
    """
    CREATE VIRTUAL TABLE claim_words USING fts5(
        claims,
        content='',
        tokenize='unicode61 remove_diacritics 2'
    )
    """,
    "INSERT INTO claim_words (rowid, claims) SELECT number, claims FROM event_claims WHERE claims IS NOT NULL",
)


def upgrade() -> None:
    """Add what is asked to the row of each event, its outlets, and an index of the words of claims."""
    for statement in _STATEMENTS:
        op.execute(statement)
