"""The files behind a path."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rallybook.errors import SourceError

ARCHIVES = (".warc", ".warc.gz", ".warc.zst")
SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".csv", *ARCHIVES)
# files of other data sets, as they come; in folders only where a table is asked for
TABLES = (".csv", ".tsv", ".tab", ".txt", ".gz", ".zip")


def suffix_of(path: Path) -> str:
    """Give the suffix by which a file is read, in lower case: ".warc.gz" and the like as one."""
    name = path.name.lower()
    return next((suffix for suffix in ARCHIVES if name.endswith(suffix)), path.suffix.lower())


def files(path: str, *, tables: bool = False) -> Iterator[Path]:
    """Give the file, or all files of known suffix in the folder and below it, sorted, hidden ones left out.

    `tables`: all are tables, so a file that is named may have any suffix.

    Raises `SourceError` for a path that is missing, of unknown suffix, or a folder with nothing to read.
    """
    place = Path(path)
    if not path:
        raise SourceError("path", "received '', allowed: a file, a folder, or - for stdin")
    try:
        folder, there = place.is_dir(), place.exists()
    except (OSError, ValueError) as error:
        raise SourceError(path, f"not a path that can be opened ({error})") from error
    if folder:
        yield from _in_folder(place, TABLES if tables else SUFFIXES)
    elif not there:
        broken = " (a link to something that is gone)" if place.is_symlink() else ""
        raise SourceError(path, f"no such file or folder{broken}")
    elif not tables and suffix_of(place) not in (*SUFFIXES, *TABLES):
        allowed = ", ".join(dict.fromkeys((*SUFFIXES, *TABLES)))
        raise SourceError(
            path, f"suffix: received {place.suffix!r}, allowed: {allowed}, a folder, or - for stdin"
        )
    else:
        yield place


def _in_folder(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    found = others = 0
    # links to folders are not followed, so there is no loop
    for here, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            if suffix_of(Path(name)) in suffixes:
                found += 1
                yield Path(here) / name
            else:
                others += 1
    if not found:
        raise SourceError(str(folder), f"nothing to read in this folder ({others} files of other suffixes)")


def _refuse(error: OSError) -> None:
    raise SourceError(str(error.filename), f"cannot be read ({error.strerror})") from error
