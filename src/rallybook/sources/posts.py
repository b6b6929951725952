"""One row of a table of posts as an article: its words, where it was sent from, its photos; its author as no one."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from rallybook.errors import SourceError
from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Failure
from rallybook.model.post import Picture, Position, Post
from rallybook.sources.photos import picture, stripped
from rallybook.sources.pictures import PictureIndex
from rallybook.sources.rows import STAGE, from_row, shown

_MOST_PICTURES = 20
_TAGS = re.compile(r"[\s,;|#]+")
_POINT = re.compile(r"\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*")


class PostReader:
    """Reads rows of posts: `text` and, where known, `author`, `time`, `geotag`, `hashtags`, `media`.

    Beside them the keys of an article: `id`, `url`, `source`, `language`. It remembers the fingerprints of pictures.
    """

    def __init__(self, *, salt: str = "", keep: Path | None = None) -> None:
        """Take the salt of the authors' hashes, and a folder for copies of the photos, without what their files tell.

        Without a salt a new one is made, and the hashes of two runs say nothing of each other.
        """
        self._salt = (salt or secrets.token_hex(32)).encode()
        self._keep = keep
        self._index = PictureIndex()

    def rows(
        self, row: Mapping[str, object], origin: str, *, published: dt.date | None = None
    ) -> Iterator[Article | Failure]:
        """Give the article of a post, and a failure for each part of it that cannot be used.

        Photos lie beside the file of the posts, or below: `origin` is its path with the number of the line.
        """
        own = {"text": _text(row), "published": row.get("time") or row.get("published")}
        given = {key: value for key, value in row.items() if key in ("id", "url", "source", "language")}
        for item in from_row(own | given, origin, published=published):
            if isinstance(item, Article):
                yield from self._posted(item, row, origin)
            else:
                yield item

    def _posted(
        self, article: Article, row: Mapping[str, object], origin: str
    ) -> Iterator[Article | Failure]:
        given = row.get("author")
        author = str(given).strip().lstrip("@").lower() if isinstance(given, str | int) else ""
        article = _unnamed(article, author)
        problems: list[str] = []
        folder = Path(origin.rpartition(":")[0]).parent
        pictures = tuple(self._pictures(row.get("media"), folder, article.published, problems))
        try:
            geotag = _geotag(row)
        except ValueError as error:
            geotag = None
            problems.append(str(error))
        yield from (Failure(article.id, STAGE, f"{article.id} ({origin}): {problem}") for problem in problems)
        post = Post(self._hash(author), geotag, pictures)
        yield msgspec.structs.replace(article, post=post)

    def _pictures(
        self, media: object, folder: Path, posted: dt.date | None, problems: list[str]
    ) -> Iterator[Picture]:
        for name in _several(media, r"[|;]")[:_MOST_PICTURES]:
            try:
                path = _inside(folder, name)
                found = picture(path)
                if self._keep:
                    self._keep_copy(path, found.fingerprint)
            except SourceError as error:
                problems.append(f"media: {error}; read without it")
                continue
            known = [day for day in (found.taken, posted) if day]
            seen = self._index.shown(found.fingerprint, min(known, default=None))
            yield msgspec.structs.replace(found, seen=seen)

    def _keep_copy(self, path: Path, fingerprint: str) -> None:
        copy, folder = stripped(path), self._keep or Path()
        name = f"{fingerprint or 'plain'}-{hashlib.sha256(copy).hexdigest()[:8]}.jpg"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(copy)
        except OSError as error:
            raise SourceError(str(folder), f"no copy can be kept ({error.strerror})") from error

    def _hash(self, author: str) -> str:
        return hmac.new(self._salt, author.encode(), "sha256").hexdigest()[:16] if author else ""


def _text(row: Mapping[str, object]) -> object:
    """Give the words of a post, with those of its hashtags that they lack; what is no text stays as it is."""
    text = row.get("text")
    if not isinstance(text, str):
        return text
    there = {tag.lower() for tag in re.findall(r"#(\w+)", text)}
    tags = [tag for tag in _several(row.get("hashtags"), _TAGS.pattern) if tag.lower() not in there]
    return " ".join((text.rstrip(), *(f"#{tag}" for tag in tags))) if tags else text


def _unnamed(article: Article, author: str) -> Article:
    """Take the author's handle out of what is published: an address or id that holds it gives way."""
    if not author:
        return article
    handle = re.compile(rf"(?<!\w){re.escape(author)}(?!\w)", re.IGNORECASE)
    bare = {name: "" for name in ("url", "source") if handle.search(getattr(article, name))}
    if handle.search(article.id):
        bare["id"] = article_id(article.text, source=hashlib.sha256(article.id.encode()).hexdigest())
    return msgspec.structs.replace(article, **bare) if bare else article


def _several(value: object, marks: str) -> list[str]:
    parts = re.split(marks, value) if isinstance(value, str) else value if isinstance(value, list) else []
    return [part.strip().lstrip("#") for part in parts if isinstance(part, str) and part.strip().lstrip("#")]


def _geotag(row: Mapping[str, object]) -> Position | None:
    """Give the place of "lat, lon", of two numbers, or of the keys `lat` and `lon`; raises `ValueError` for others."""
    given = row.get("geotag")
    if given in (None, "", []):
        given = [row.get("lat"), row.get("lon")]
        if given in ([None, None], ["", ""]):
            return None
    if isinstance(given, str) and (point := _POINT.fullmatch(given)):
        given = [point[1], point[2]]
    try:
        lat, lon = (float(number) for number in given)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        lat = lon = 999.0
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(
            f"geotag: received {shown(given)}, allowed: latitude and longitude in degrees; read without it"
        )
    return Position(lat, lon) if lat or lon else None


def _inside(folder: Path, name: str) -> Path:
    """Give a path below a folder; whoever wrote the table shall not have other files of this machine read."""
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):
        inside = False
    if not inside:
        raise SourceError(shown(name), "received no file beside the posts or below, allowed: such a file")
    return path
