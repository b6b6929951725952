"""The tables of a book.

Three kinds of fact are appended and never edited: articles, records (with the failures), decisions. Everything below
"derived" can be thrown away and made anew from them. Only a take-down erases facts, and leaves a tombstone.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    column,
    table,
    text,
)

# the newest revision of the migrations; a test holds the two together
VERSION = "0006"
# marks the file as a book (PRAGMA application_id): the letters RBK1
APPLICATION = 0x52424B31
# an event without a date comes after all days and ends before all days, so no span of days touches it
UNDATED, NEVER = "9999-99-99", ""
OPEN_FIRST, OPEN_LAST = "0001-01-01", "9999-12-31"

metadata = MetaData()

# --- facts

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    # SHA-256 of the text: an article that comes again with another text is a newer version of it
    Column("sha", LargeBinary, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published", Text),
    Column("url", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    # 0 where a newer version is there
    Column("current", Integer, nullable=False),
    # whose post it is: a salted hash, empty for none; in no answer
    Column("author", Text, nullable=False, server_default=""),
    UniqueConstraint("id", "sha", name="articles_id_sha"),
)
# what posts showed, without the pictures; in no answer
pictures = Table(
    "pictures",
    metadata,
    Column("article", Integer, primary_key=True),
    # which of the post's pictures
    Column("place", Integer, primary_key=True),
    # 64 bits, of which most are the same for pictures that look alike
    Column("print", BigInteger, nullable=False),
    # the first day that is known of it, and (derived) of all of the book that look alike
    Column("day", Text),
    Column("seen", Text),
    sqlite_with_rowid=False,
)
records = Table(
    "records",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("article", Integer, nullable=False),
    # a Record in JSON
    Column("data", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("current", Integer, nullable=False),
    Index("records_article", "article"),
)
# one current record of an id; those of older versions of an article keep theirs
Index("records_id", records.c.id, unique=True, sqlite_where=text("current = 1"))
failures = Table(
    "failures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("article", "stage", "reason", name="failures_once"),
)
decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    # a Decision in JSON
    Column("data", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("decisions_at", "at", "id"),
)
# which records a decision names: by their ids, for it may come before they do
judged = Table(
    "judged",
    metadata,
    Column("record", Text, primary_key=True),
    Column("decision", Integer, primary_key=True),
    Index("judged_decision", "decision"),
    sqlite_with_rowid=False,
)
tombstones = Table(
    "tombstones",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", Text, nullable=False),
    # the same text does not come back under another id either
    Column("sha", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("tombstones_article", "article"),
    Index("tombstones_sha", "sha"),
)

# --- derived

# records to be linked, neighbours in space and time side by side
pending = Table(
    "pending",
    metadata,
    Column("record", Integer, primary_key=True),
    Column("day_place", Text, nullable=False),
    Column("stage", Integer, nullable=False),
    Index("pending_order", "stage", "day_place", "record"),
)
# what a record that is to be linked waits for: to be compared, or forgotten where it tells nothing any more; to be
# linked; to be linked again, as others came near its event
ADDED, COMPARED, TOUCHED = range(3)
# 64 bits of a hash of each block key
blocks = Table(
    "blocks",
    metadata,
    Column("key", BigInteger, primary_key=True),
    # how exact it is for the record: 2 for its place, 1 for its time
    Column("fit", Integer, primary_key=True),
    Column("record", Integer, primary_key=True),
    Index("blocks_record", "record"),
    sqlite_with_rowid=False,
)
# 42 keys of 32 bits of an article's text, once another article tells its event, too: copies share some
copy_keys = Table(
    "copy_keys",
    metadata,
    Column("article", Integer, primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)
# what each record was compared with that may tell its event, and how many of these tell other ones; what was not
# compared yet is not there
comparisons = Table(
    "comparisons",
    metadata,
    Column("record", Integer, primary_key=True),
    Column("crowd", Integer, nullable=False),
    # for each other record 13 bytes: its number, the weight, what the weight says (`likenesses`)
    Column("packed", LargeBinary, nullable=False),
)
members = Table(
    "members",
    metadata,
    Column("record", Integer, primary_key=True),
    Column("event", Integer, nullable=False),
    Index("members_event", "event"),
)
events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    # an Event in JSON
    Column("data", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("focus", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("precision", Text, nullable=False),
    Column("first_day", Text, nullable=False),
    Column("last_day", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    # the head count
    Column("low", BigInteger),
    Column("high", BigInteger),
    # what the authorities did: a bit for each of `RESPONSE_ACTIONS`
    Column("responses", Integer, nullable=False),
    # the probability that it is an event, where one is known
    Column("confidence", Float),
    # a page is found without looking at any row of the table but its own
    Index("events_order", "first_day", "id", "lat", "lon"),
    Index("events_form", "form", "first_day", "id", "lat", "lon"),
    Index("events_country", "country", "first_day", "id", "lat", "lon"),
    # facets read nothing but this
    Index("events_facets", "first_day", "last_day", "country", "form", "status"),
)
# the outlets of an event's articles
event_sources = Table(
    "event_sources",
    metadata,
    Column("event", Integer, primary_key=True),
    Column("source", Text, primary_key=True),
    Index("event_sources_source", "source", "event"),
    sqlite_with_rowid=False,
)
versions = Table(
    "versions",
    metadata,
    Column("event", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("data", Text, nullable=False),
    Column("until", Text, nullable=False),
)
# ids that are no more: where most of its records went, none where they tell no event any more
redirects = Table(
    "redirects",
    metadata,
    Column("old", Text, primary_key=True),
    Column("new", Text),
    Column("at", Text, nullable=False),
)

# --- indexes of words and of space: virtual tables of SQLite, which the migrations make

article_words = table("article_words", column("rowid"), column("title"), column("text"))
quote_words = table("quote_words", column("rowid"), column("quote"))
claim_words = table("claim_words", column("rowid"), column("claims"))
event_boxes = table(
    "event_boxes",
    column("number"),
    column("west"),
    column("east"),
    column("south"),
    column("north"),
)
