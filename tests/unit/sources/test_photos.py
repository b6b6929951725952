import datetime as dt
import io

import pytest
from made_up_photos import exif, photo, pixels
from PIL import Image, ImageOps

from rallybook.errors import SourceError
from rallybook.sources.photos import picture, stripped


def _differing(one, other):
    return (int(one.fingerprint, 16) ^ int(other.fingerprint, 16)).bit_count()


def test_a_photo_tells_its_day_and_its_place(tmp_path):
    found = picture(photo(tmp_path / "a.jpg"))
    assert found.taken == dt.date(2021, 2, 14)
    assert found.position == pytest.approx((5.55, -0.2))
    assert len(found.fingerprint) == 16


@pytest.mark.parametrize(
    "taken",
    [
        "",
        "0000:00:00 00:00:00",
        "2000:01:01 00:00:00",
        "1889:02:14 15:00:00",
        "yesterday",
        "2021:02:31 10:00:00",
    ],
)
def test_a_clock_that_was_never_set_tells_no_day(tmp_path, taken):
    assert picture(photo(tmp_path / "a.jpg", taken=taken)).taken is None


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (5.0, 0.0), 3: "E", 4: (7.0, 0.0, 0.0)},
        {2: (5.0, 0.0, 0.0), 4: (7.0, 0.0, 0.0)},
    ],
)
def test_a_position_that_is_none_is_left_out(tmp_path, gps):
    assert picture(photo(tmp_path / "a.jpg", gps=gps)).position is None


def test_south_and_west_are_below_zero(tmp_path):
    gps = {1: "S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 36.0, 0.0)}
    assert picture(photo(tmp_path / "a.jpg", gps=gps)).position == pytest.approx((-33.5, -70.6))


@pytest.mark.parametrize(
    "copied",
    [
        lambda image, path: image.save(path.with_suffix(".jpg"), quality=30),
        lambda image, path: image.resize((128, 96)).save(path.with_suffix(".jpg"), quality=70),
        lambda image, path: image.save(path.with_suffix(".png")),
        lambda image, path: image.save(path.with_suffix(".webp"), quality=50),
        lambda image, path: image.convert("L").save(path.with_suffix(".jpg")),
        lambda image, path: image.convert("RGBA").save(path.with_suffix(".png")),
        lambda image, path: image.convert("P").save(path.with_suffix(".gif")),
    ],
)
def test_a_copy_looks_like_its_picture_and_another_picture_does_not(tmp_path, copied):
    first = picture(photo(tmp_path / "a.jpg"))
    folder = tmp_path / "copies"
    folder.mkdir()
    copied(pixels(), folder / "copy")
    (copy,) = folder.iterdir()
    assert _differing(first, picture(copy)) <= 4
    assert _differing(first, picture(photo(tmp_path / "b.jpg", seed=1))) > 14


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_a_tag_turns_is_the_one_that_is_seen(tmp_path, orientation):
    turned = tmp_path / "turned.jpg"
    pixels(width=320, height=320).save(turned, exif=exif(orientation=orientation), quality=92)
    upright = tmp_path / "upright.png"
    with Image.open(turned) as image:
        ImageOps.exif_transpose(image).save(upright)
    assert _differing(picture(turned), picture(upright)) <= 4


@pytest.mark.parametrize("colour", ["white", "black", (10, 200, 30)])
def test_a_picture_of_one_colour_has_no_fingerprint(tmp_path, colour):
    Image.new("RGB", (300, 200), colour).save(tmp_path / "a.png")
    assert picture(tmp_path / "a.png").fingerprint == ""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_copy_that_is_kept_tells_nothing(tmp_path, kind):
    path = tmp_path / "tells"
    more = {"comment": b"SECRET-COMMENT"} if kind == "JPEG" else {}
    pixels().save(path, kind, exif=exif(orientation=6), xmp=b"<x>SECRET-OWNER</x>", **more)
    assert picture(path).taken
    copy = stripped(path)
    assert b"SECRET" not in copy
    assert b"2021:02:14" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert len(image.getexif()) == 0
        assert not {"exif", "comment", "xmp", "icc_profile"} & set(image.info)
        assert image.size == (240, 320)  # upright


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no picture",
        b"\xff\xd8\xff\xe0" + b"\0" * 99,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
@pytest.mark.parametrize("read", [picture, stripped])
def test_what_is_no_photo_is_named(tmp_path, raw, read):
    path = tmp_path / "a.jpg"
    path.write_bytes(raw)
    with pytest.raises(SourceError, match="allowed: JPEG"):
        read(path)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9])
def test_a_photo_cut_off_is_named(tmp_path, share):
    whole = photo(tmp_path / "a.jpg").read_bytes()
    path = tmp_path / "cut.jpg"
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(SourceError, match=r"cut\.jpg: photo"):
        picture(path)


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is(tmp_path):
    path = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(path)
    assert path.stat().st_size < 100_000
    with pytest.raises(SourceError, match="photo: received"):
        picture(path)
