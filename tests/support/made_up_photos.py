"""Photos that a test makes up, with what cameras write into them."""

from pathlib import Path

import numpy as np
from PIL import ExifTags, Image

ACCRA = {1: "N", 2: (5.0, 33.0, 0.0), 3: "W", 4: (0.0, 12.0, 0.0)}


def pixels(seed: int = 0, width: int = 320, height: int = 240) -> Image.Image:
    """Give a picture of clouds that no other seed gives."""
    chance = np.random.default_rng(seed)
    coarse = chance.integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)


def exif(taken: str = "2021:02:14 15:00:00", gps: dict | None = None, orientation: int = 1) -> Image.Exif:
    """Give what a camera tells."""
    told = Image.Exif()
    told[ExifTags.Base.Make] = "SECRET-CAMERA"
    told[ExifTags.Base.Orientation] = orientation
    told[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: taken}
    told[ExifTags.IFD.GPSInfo] = ACCRA if gps is None else gps
    return told


def photo(path: Path, seed: int = 0, **told) -> Path:
    """Write a photo as a camera does; `told` is what it tells."""
    pixels(seed).save(path, exif=exif(**told), quality=92, comment=b"SECRET-COMMENT")
    return path
