"""The index of the words of claims: what stands there follows the events."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

_TOLD = "FROM event_claims WHERE claims IS NOT NULL AND number IN (SELECT value FROM json_each(:numbers))"
_INDEX = text(f"INSERT INTO claim_words (rowid, claims) SELECT number, claims {_TOLD}")
# an index of words forgets a text when it is told the text once more
_FORGET = text(
    f"INSERT INTO claim_words (claim_words, rowid, claims) SELECT 'delete', number, claims {_TOLD}"
)


def index_claims(db: Connection, events: Iterable[int]) -> None:
    """Index the claims of events that were just written, by their numbers."""
    db.execute(_INDEX, {"numbers": str(list(events))})


def forget_claims(db: Connection, events: Iterable[int]) -> None:
    """Forget the claims of events that are about to go or to be written anew."""
    db.execute(_FORGET, {"numbers": str(list(events))})
