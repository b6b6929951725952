"""Photos: what their files tell, a fingerprint of what they show, and a copy that tells nothing else."""

from __future__ import annotations

import datetime as dt
import io
import math
import struct
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from rallybook.errors import SourceError
from rallybook.model.post import Picture, Position

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_BYTES = 50_000_000
# cameras of 2024 have up to 100 million; a picture of one colour unpacks to as many from some kilobytes
_MOST_PIXELS = 120_000_000
# what Pillow raises on damaged files, whatever is wrong with them
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)
# what a camera tells whose clock was never set
_UNSET = frozenset((dt.date(1970, 1, 1), dt.date(1980, 1, 1), dt.date(2000, 1, 1)))
_FIRST_YEAR = 1990  # no digital camera before
# the side of the picture that is transformed, and of the part of the transform that is kept: 64 signs
_SIDE, _KEPT = 32, 8
_DRAFT = 256
# grey levels: below this spread there is nothing to know a picture by (a blank page, a black frame)
_LEAST_SPREAD = 4.0
# about what phones take
_QUALITY = 88
# the orientations of EXIF, as what brings the picture upright
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def picture(path: Path) -> Picture:
    """Give what the file of a photo tells, and its fingerprint; raises `SourceError`."""
    image = _opened(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged EXIF, of which the rest is read
            exif = image.getexif()
            details, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        return Picture(
            fingerprint=_fingerprint(image, exif.get(ExifTags.Base.Orientation)),
            taken=_taken(details.get(ExifTags.Base.DateTimeOriginal)),
            position=_position(gps),
        )
    except _DAMAGED as error:
        raise _unreadable(path, error) from error


def stripped(path: Path) -> bytes:
    """Give a photo as a JPEG of its pixels alone: no EXIF, no comment, no profile; raises `SourceError`."""
    image = _opened(path)
    try:
        flat = _flat(ImageOps.exif_transpose(image), "RGB")
        # new pixels: some formats carry what they were read with along
        clean = Image.new("RGB", flat.size)
        clean.paste(flat)
        out = io.BytesIO()
        clean.save(out, "JPEG", quality=_QUALITY)
    except _DAMAGED as error:
        raise _unreadable(path, error) from error
    return out.getvalue()


def _opened(path: Path) -> Image.Image:
    """Open a photo whose size is within bounds, without reading its pixels."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, which is looked at below
            image = Image.open(io.BytesIO(raw), formats=_FORMATS) if raw is not None else None
    except _DAMAGED as error:
        raise _unreadable(path, error) from error
    if image is None or image.width * image.height > _MOST_PIXELS:
        allowed = f"up to {_MOST_BYTES:,} bytes and {_MOST_PIXELS:,} pixels"
        raise SourceError(str(path), f"photo: received more than that, allowed: {allowed}")
    return image


def _unreadable(path: Path, error: Exception) -> SourceError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return SourceError(
        str(path), f"photo: received none that can be read ({reason}), allowed: JPEG, PNG, WebP, GIF"
    )


def _flat(image: Image.Image, mode: str) -> Image.Image:
    """Give a picture without what shines through, as on white paper."""
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA"):
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert(mode)


def _fingerprint(image: Image.Image, orientation: object) -> str:
    """Give 64 signs of the low frequencies of a picture (the perceptual hash "pHash"), empty for one without features.

    Scaling and packing change little but the high frequencies.
    """
    image.draft("L", (_DRAFT, _DRAFT))  # a JPEG is unpacked at that size at once: four times as fast
    small = _flat(image, "L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if isinstance(orientation, int) and orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    grey = np.asarray(small, dtype=np.float64)
    if grey.std() < _LEAST_SPREAD:
        return ""
    low = (_cosines() @ grey @ _cosines().T).ravel()
    signs = low > np.median(low[1:])  # the first is the mean grey, which light changes
    return np.packbits(signs).tobytes().hex()


@cache
def _cosines() -> NDArray[np.float64]:
    """Give the first rows of the discrete cosine transform of type II."""
    waves, points = np.arange(_KEPT)[:, None], np.arange(_SIDE)[None, :]
    return np.cos(np.pi * waves * (2 * points + 1) / (2 * _SIDE))


def _taken(told: object) -> dt.date | None:
    if not isinstance(told, str):
        return None
    try:
        day = dt.datetime.strptime(told.strip("\0 ")[:10], "%Y:%m:%d").date()
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR and day not in _UNSET else None


def _position(gps: dict[int, Any]) -> Position | None:
    try:
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] in ("S", "s"))
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef] in ("W", "w"))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    # where nothing was measured some tell the Gulf of Guinea
    return Position(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon) else None


def _degrees(parts: Any, negative: bool) -> float:  # noqa: ANN401 - what a stranger's file holds
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError("no position")
    return -value if negative else value
