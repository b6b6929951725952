"""News of few groups and places, so that much may be one event, and what a book knows of its pairs."""

import sqlite3
from contextlib import closing

from kept_examples import read
from sqlalchemy import create_engine

from rallybook.book.likenesses import known_of

# who came, for what, how, and how many: unlike enough to be a crowd to each other
GROUPS = (
    ("nurses", "higher pay", "vigil", 30),
    ("miners", "safer shafts", "strike", 9_000),
    ("farmers", "cheap diesel", "blockade", 400),
)


def told(name, chance, place="Oban"):
    group, claim, form, size = chance.choice(GROUPS)
    return read(
        name,
        place=place,
        form=form,
        size=size,
        quote=f"{group.capitalize()} came for {claim}.",
        claims=(claim,),
        participants=(group,),
        precision=chance.choice(("city", "city", "region", "country")),
    )


def known(path):
    """The crowd of each record and the weight of each comparison, by the ids of the records."""
    with closing(sqlite3.connect(path)) as connection:
        ids = dict(connection.execute("SELECT number, id FROM records WHERE current = 1"))
    with create_engine(f"sqlite:///{path}").connect() as db:
        known = known_of(db, ids)
    crowds = {ids[n]: one.crowd for n, one in known.items()}
    return crowds, {(ids[n], ids[other]): weight for n, one in known.items() for other, weight in one.all()}
