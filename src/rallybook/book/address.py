"""What names a book: the path of a file, or the address of a database on a server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from rallybook.errors import InputError

_SCHEMES = ("postgresql", "postgres")
_SECRETS = ("password", "sslpassword")


def on_server(name: str) -> bool:
    """Tell whether a name is the address of a server; raises `InputError` for one of another kind of server."""
    scheme, there, _ = name.partition("://")
    if there and scheme not in _SCHEMES:
        raise InputError("book", shown(name), "the path of a file, or postgresql://USER@HOST/DATABASE")
    return bool(there)


def titled(name: str) -> str:
    """Give what a book is called where nobody asks where it is: the name of its file or database."""
    return Path(shown(name).partition("?")[0]).stem


def shown(name: str) -> str:
    """Give the name of a book as it may be shown: without the password of an address."""
    scheme, there, rest = name.partition("://")
    if not there:
        return name
    # what stands before the last "@" is who logs in, also where a password has signs that it must not have
    who, at, where = rest.rpartition("@")
    where, _, options = where.partition("?")
    kept = [pair for pair in parse_qsl(options) if pair[0] not in _SECRETS]
    return f"{scheme}://{who.partition(':')[0]}{at}{where}" + (
        f"?{urlencode(kept, safe='/')}" if kept else ""
    )
