"""What a post on social media brings beside its words; none of it is ever published as it is."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

# signs of 64 in which fingerprints of one picture may differ; see bench/photos.py for what is lost and mistaken at each
ALIKE = 8


class Position(NamedTuple):
    """A point on the earth, WGS 84 degrees."""

    lat: float
    lon: float


class Picture(msgspec.Struct, frozen=True):
    """A picture of a post, without the picture: its fingerprint, and what its file told before that was taken off.

    `fingerprint` is 64 bits in hexadecimal, alike for pictures that look alike, and empty for one without any features.
    `taken` and `position` are by the camera's own account. `seen` is the day of the earliest post that showed the same
    picture, among those read before and this one.
    """

    fingerprint: str = ""
    taken: dt.date | None = None
    position: Position | None = None
    seen: dt.date | None = None


class Post(msgspec.Struct, frozen=True):
    """Whose post it is (a salted hash, which leads to no one), where it was sent from, and its pictures."""

    author: str = ""
    geotag: Position | None = None
    pictures: tuple[Picture, ...] = ()
