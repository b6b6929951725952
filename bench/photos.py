"""Photos of posts: how many a second, how surely a copy is known again, and what is left of EXIF.

    python bench/photos.py [PICTURES]

The pictures are made up: clouds of all scales, as landscapes and crowds have them, with shapes and letters. Copies are
scaled, packed again as JPEG, WebP or PNG, turned by a tag, and greyed. Each copy is looked for among all pictures.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageDraw, ImageOps

from rallybook.model.post import ALIKE
from rallybook.sources.photos import picture, stripped

# changes that a fingerprint need not bear: shown, and not counted
BEYOND = "(beyond)"
SECRETS = (b"SECRET-CAMERA", b"SECRET-COMMENT", b"2021:02:14", b"SECRET-OWNER")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        known_again(at, count)
        speed(at)
        left(at)


def made_up(seed: int, width: int = 800, height: int = 600) -> Image.Image:
    """Give a picture with detail at all scales, as natural ones have it, and some shapes."""
    chance, rows = np.random.default_rng(seed), random.Random(seed)
    across, down = np.fft.rfftfreq(width)[None, :], np.fft.fftfreq(height)[:, None]
    fall = 1 / np.maximum(np.hypot(across, down), 1 / width)
    layers = []
    for _ in range(3):
        waves = np.fft.irfft2(fall * np.exp(2j * np.pi * chance.random(fall.shape)), (height, width))
        layers.append((waves - waves.min()) / np.ptp(waves) * 255)
    grey = layers[0]
    mixed = np.stack([0.7 * grey + 0.3 * layer for layer in layers], axis=-1)
    image = Image.fromarray(mixed.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(rows.randint(2, 12)):
        x, y = rows.randint(0, width), rows.randint(0, height)
        size, colour = rows.randint(20, 160), tuple(rows.randint(0, 255) for _ in range(3))
        draw.ellipse((x, y, x + size, y + size * rows.uniform(0.5, 2)), fill=colour)
        draw.text((y, x), "NO JUSTICE NO PEACE", fill=colour)
    return image


def copies(image: Image.Image, chance: random.Random) -> list[tuple[str, bytes]]:
    """Give copies of a picture as people make them, each with its name."""

    def packed(one: Image.Image, kind: str, **options: object) -> bytes:
        out = io.BytesIO()
        one.save(out, kind, **options)
        return out.getvalue()

    def scaled(share: float) -> Image.Image:
        return image.resize((int(image.width * share), int(image.height * share)))

    tag = Image.Exif()
    tag[ExifTags.Base.Orientation] = 6
    turned = image.transpose(Image.Transpose.ROTATE_90)
    return [
        ("packed, quality 30", packed(image, "JPEG", quality=30)),
        ("packed, quality 50 to 90", packed(image, "JPEG", quality=chance.randint(50, 90))),
        ("scaled to 20 to 90 %", packed(scaled(chance.uniform(0.2, 0.9)), "JPEG", quality=80)),
        ("scaled to 25 %, quality 40", packed(scaled(0.25), "JPEG", quality=40)),
        ("as WebP", packed(scaled(0.6), "WEBP", quality=60)),
        ("as PNG", packed(scaled(0.5), "PNG")),
        ("greyed", packed(image.convert("L"), "JPEG", quality=70)),
        ("turned by a tag", packed(turned, "JPEG", quality=85, exif=tag)),
        (
            f"{BEYOND} darker",
            packed(image.point([int(level * 0.7) for level in range(256)] * 3), "JPEG", quality=80),
        ),
        (
            f"{BEYOND} cut by 3 % a side",
            packed(ImageOps.crop(image, int(image.width * 0.03)), "JPEG", quality=80),
        ),
        (f"{BEYOND} a caption across", packed(captioned(image), "JPEG", quality=80)),
    ]


def captioned(image: Image.Image) -> Image.Image:
    """Give a picture with a white bar over a tenth of it."""
    made = image.copy()
    ImageDraw.Draw(made).rectangle((0, int(image.height * 0.9), image.width, image.height), fill="white")
    return made


def known_again(folder: Path, count: int) -> None:
    """Print recall and precision at each number of signs that may differ."""
    chance = random.Random(1)
    originals, tries = [], []
    for seed in range(count):
        image = made_up(seed)
        path = folder / "a.jpg"
        image.save(path, quality=92)
        originals.append(int(picture(path).fingerprint or "0", 16))
        for name, raw in copies(image, chance):
            copy = folder / "copy"
            copy.write_bytes(raw)
            tries.append((seed, name, int(picture(copy).fingerprint or "0", 16)))
    prints = np.array(originals, dtype=np.uint64)
    distances = np.array([np.bitwise_count(prints ^ np.uint64(found)) for _, _, found in tries])
    own = np.zeros_like(distances, dtype=bool)
    own[np.arange(len(tries)), [seed for seed, _, _ in tries]] = True
    counted = np.array([not name.startswith(BEYOND) for _, name, _ in tries])
    print(f"{count:,} pictures, {counted.sum():,} copies; signs of 64 that may differ, recall, precision:")
    for most in (2, 4, 6, ALIKE, 10, 12, 14):
        found = distances[counted] <= most
        hits = (found & own[counted]).sum()
        recall, precision = hits / counted.sum(), hits / max(found.sum(), 1)
        print(f"  {most:3}{recall:9.4f}{precision:9.4f}{'   <- taken' if most == ALIKE else ''}")
    for name in dict.fromkeys(name for _, name, _ in tries):
        these = [at for at, (_, other, _) in enumerate(tries) if other == name]
        print(f"  {name:28} recall {(distances[these][own[these]] <= ALIKE).mean():.4f}")


def speed(folder: Path) -> None:
    """Print how many photos are read a second of one core, and how many are copied without what they tell."""
    for width, height in ((1600, 1200), (4000, 3000)):
        path = folder / "big.jpg"
        made_up(1, 1600, 1200).resize((width, height)).save(path, quality=90)
        for name, work, times in (("read", picture, 40), ("stripped", stripped, 8)):
            start = time.process_time()
            for _ in range(times):
                work(path)
            print(
                f"  {width} × {height}: {name} {times / (time.process_time() - start):.1f} photos/s of one core"
            )


def left(folder: Path) -> None:
    """Print what is left of what photos tell, in copies of JPEG, PNG and WebP."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRET-CAMERA"
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: "2021:02:14 15:00:00"}
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (5.0, 33.0, 0.0), 3: "W", 4: (0.0, 12.0, 0.0)}
    tags = leaks = 0
    for number, kind in enumerate(["JPEG", "PNG", "WEBP"] * 20):
        path = folder / "tells"
        options = {"comment": b"SECRET-COMMENT"} if kind == "JPEG" else {}
        made_up(number, 320, 240).save(path, kind, exif=exif, xmp=b"<x>SECRET-OWNER</x>", **options)
        if not picture(path).taken or not picture(path).position:
            print("  not read:", kind)
        copy = stripped(path)
        image = Image.open(io.BytesIO(copy))
        tags += len(image.getexif()) + len({"comment", "xmp", "icc_profile", "exif"} & set(image.info))
        leaks += any(secret in copy for secret in SECRETS)
    print(
        f"  60 photos with camera, day, place, owner and comment: {tags} tags left, {leaks} copies that hold a word of them"
    )


main()
