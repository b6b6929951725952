"""Archives as crawlers write them, whole and damaged; the damage is done by hand, byte by byte."""

import datetime as dt
import gzip
import io
import random
import re
import zlib
from functools import partial

import pytest
from fastwarc.stream_io import ZstdWriter
from made_up_news.archive import archive
from made_up_news.stream import stream

from rallybook.coding.page_screen import PageScreen
from rallybook.model.article import Article
from rallybook.model.outcome import Failure, SetAside
from rallybook.sources.files import FileSource
from rallybook.sources.warc import read_page

KINDS = (".warc", ".warc.gz", ".warc.zst")


def _words(number):
    return f"Hundreds of teachers marched through Accra on Sunday to ask for pay rise number {number}."


def _record(number, *, kind="response", status="200 OK", headers=(), body=None, uri=None):
    """Give one record as a crawler writes it."""
    page = f"<html><body><article><p>{_words(number)}</p></article></body></html>".encode()
    http = "".join(
        f"{name}: {value}\r\n" for name, value in [("Content-Type", "text/html; charset=utf-8"), *headers]
    )
    block = f"HTTP/1.1 {status}\r\n{http}\r\n".encode() + (page if body is None else body)
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2021-02-15T08:00:00Z\r\n"
        f"WARC-Target-URI: {uri or f'http://site.test/{number}'}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _packed(record, kind):
    if kind == ".warc.gz":
        return gzip.compress(record)
    if kind == ".warc.zst":
        out = io.BytesIO()
        writer = ZstdWriter(out)
        writer.write(record)
        writer.close()
        return out.getvalue()
    return record


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def read(tmp_path):
    def run(raw, kind=".warc", **options):
        path = tmp_path / f"news{kind}"
        path.write_bytes(raw)
        return list(FileSource([str(path)], **options).articles())

    return run


def _archive(kind, *records):
    return b"".join(_packed(record, kind) for record in records)


def _numbers(items):
    return [int(item.url.rpartition("/")[2]) for item in items if isinstance(item, Article)]


def _failures(items):
    return [item for item in items if isinstance(item, Failure)]


def test_the_pages_of_an_archive_are_articles_with_address_and_the_day_of_the_visit(read, kind):
    items = read(_archive(kind, *map(_record, range(3))), kind)
    assert _numbers(items) == [0, 1, 2]
    assert items[1].text == _words(1)
    assert items[1].published == dt.date(2021, 2, 15)
    assert items[1].source == "site.test"


def test_a_page_says_its_own_day_unless_that_is_after_the_visit(read):
    def page(day):
        head = f'<meta property="article:published_time" content="{day}">'
        return f"<html><head>{head}</head><body><article><p>{_words(1)}</p></article></body></html>".encode()

    records = [_record(number, body=page(day)) for number, day in enumerate(("2021-02-01", "2022-01-01"))]
    assert [item.published.isoformat() for item in read(b"".join(records))] == ["2021-02-01", "2021-02-15"]


def test_what_is_no_page_is_passed_over_in_silence(read):
    others = [
        _record(1, kind="request"),
        _record(2, kind="metadata"),
        _record(3, kind="revisit"),
        _record(4, status="404 Not Found"),
        _record(5, status="301 Moved", headers=[("Location", "/b")]),
        _record(6).replace(b"text/html", b"image/png"),
    ]
    assert _numbers(read(b"".join([*others, _record(7)]))) == [7]


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ([("Content-Encoding", "gzip")], gzip.compress),
        ([("Content-Encoding", "deflate")], zlib.compress),
        ([("Content-Encoding", "gzip")], bytes),
        ([("Transfer-Encoding", "chunked")], lambda page: b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)),
        ([("Transfer-Encoding", "chunked")], bytes),
        (
            [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
            lambda page: b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(page)), gzip.compress(page)),
        ),
    ],
)
def test_a_body_is_unpacked_where_it_is_packed(read, headers, pack):
    page = f"<html><body><article><p>{_words(1)}</p></article></body></html>".encode()
    (article,) = read(_record(1, headers=headers, body=pack(page)))
    assert article.text == _words(1)


def test_an_address_in_brackets_is_an_address(read):
    (article,) = read(
        _record(1, uri="http://site.test/1").replace(b"http://site.test/1\r", b"<http://site.test/1>\r")
    )
    assert article.url == "http://site.test/1"


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_an_archive_that_ends_early_gives_what_it_has_and_says_so(read, kind, share):
    whole, last = _archive(kind, _record(0), _record(1)), _packed(_record(2), kind)
    items = read(whole + last[: int(share * len(last))], kind)
    assert _numbers(items) == [0, 1]
    assert len(_failures(items)) == 1
    assert f"news{kind}@" in _failures(items)[0].article


def test_a_damaged_record_is_one_failure_and_the_rest_goes_on(read, kind):
    one, broken, *rest = (_packed(_record(number), kind) for number in range(4))
    damaged = broken[:20].replace(broken[:8], b"damaged!") + b"\0" * (len(broken) - 20)
    items = read(b"".join((one, damaged, *rest)), kind)
    assert _numbers(items) == [0, 2, 3]
    assert len(_failures(items)) == 1


def test_damage_here_and_there_costs_no_whole_record_and_is_told_where_it_is(read, kind):
    records = [_packed(_record(number), kind) for number in range(60)]
    broken = (7, 8, 31, 55)
    places = [sum(map(len, records[:number])) for number in broken]
    for number, place in zip(broken, places, strict=True):
        half = len(records[number]) // 2
        records[number] = records[number][:half] + bytes(len(records[number]) - half)
        assert len(b"".join(records[:number])) == place
    items = read(b"".join(records), kind)
    assert _numbers(items) == [number for number in range(60) if number not in broken]
    told = [int(failure.article.rpartition("@")[2]) for failure in _failures(items)]
    # the place of the broken record or of the last whole one before it; two in a row may be told once
    assert len(told) in (3, 4)
    for at in told:
        assert any(place - 2 * max(map(len, records)) <= at <= place for place in places)


def test_a_page_that_is_cut_off_within_its_packing_is_a_failure_and_no_page_of_noise(read):
    numbers = range(40)
    packed = [gzip.compress(_record(number, body=_long(number))) for number in numbers]
    packed[20] = packed[20][: len(packed[20]) // 2]
    items = read(b"".join(packed), ".warc.gz")
    assert _numbers(items) == [number for number in numbers if number != 20]
    assert len(_failures(items)) == 1


def _long(number):
    chance = random.Random(number)
    words = " ".join(f"{_words(chance.randrange(10**9))}" for _ in range(300))
    return f"<html><body><article><p>{words}</p></article></body></html>".encode()


@pytest.mark.parametrize("length", [b"999999", b"99999999999", b"-5", b"abc", b"50", b""])
def test_a_wrong_length_costs_one_record(read, length):
    broken = re.sub(rb"(?m)^(Content-Length: )\d+", rb"\g<1>" + length, _record(1), count=1)
    items = read(b"".join((_record(0), broken, _record(2), _record(3))))
    assert set(_numbers(items)) - {1} == {0, 2, 3}
    assert _failures(items)
    assert len(_failures(items)) <= 2


def test_a_page_that_is_too_long_or_a_bomb_is_named_and_not_held(read):
    bomb = _record(1, headers=[("Content-Encoding", "gzip")], body=gzip.compress(b"<p>a" * 3_000_000))
    long = _record(2, body=b"<p>" + b"a" * 5_000_000)
    items = read(b"".join((bomb, long, _record(3))))
    assert _numbers(items) == [3]
    assert ["more than 4,000,000" in failure.reason for failure in _failures(items)] == [True, True]


def test_a_page_without_words_and_one_of_other_bytes_are_named_by_their_address(read):
    items = read(
        b"".join(
            (_record(1, body=b"<html></html>"), _record(2, body=b"\x89PNG\r\n" + b"\0" * 50), _record(3))
        )
    )
    assert _numbers(items) == [3]
    first, second = _failures(items)
    assert "http://site.test/1" in first.reason
    assert "a PNG image" in second.reason


@pytest.mark.parametrize(
    "raw", [b"", b"no archive at all", b"\x1f\x8b\x08" + b"\0" * 90, bytes(range(256)) * 40]
)
def test_what_is_no_archive_is_named(read, kind, raw):
    items = read(raw, kind)
    assert items
    assert _failures(items) == items
    assert "no record" in items[-1].reason


def test_archives_in_a_folder_are_found(tmp_path):
    for kind in KINDS:
        (tmp_path / f"a{kind}").write_bytes(_archive(kind, _record(1)))
    assert _numbers(FileSource([str(tmp_path)]).articles()) == [1, 1, 1]


@pytest.mark.parametrize("why", ["words", "language"])
def test_a_page_that_is_screened_out_is_set_aside_by_its_place(read, why):
    items = read(_record(0) + _record(1), pages=partial(read_page, screen=_Screen(of_page=why)))
    assert items == [SetAside(item.article, why) for item in items]
    assert items[0].article.endswith("news.warc@0")


def test_a_page_is_screened_again_by_its_main_text(read):
    (item,) = read(_record(1), pages=partial(read_page, screen=_Screen(of_text="words")))
    assert item.why == "words"


def test_the_screen_hears_the_words_of_the_page_and_its_main_text(read):
    screen = _Screen()
    items = read(_record(1), pages=partial(read_page, screen=screen))
    assert screen.heard == [(_words(1),), _words(1)]
    assert _numbers(items) == [1]


class _Screen:
    """Says what it is told to say, and remembers what it was asked."""

    def __init__(self, of_page="", of_text=""):
        self.says = (of_page, of_text)
        self.heard = []

    def of_page(self, pieces):
        self.heard.append(pieces)
        return self.says[0]

    def of_text(self, text):
        self.heard.append(text)
        return self.says[1]


def test_what_is_broken_is_a_failure_also_where_pages_are_screened(read):
    deep = b"<html><body>" + b"<div>" * 300 + b"<p>a menu</p></body></html>"
    records = [_record(1, body=b"\x89PNG" + b"\0" * 50), _record(2, body=deep), _record(3)]
    items = read(b"".join(records), pages=partial(read_page, screen=PageScreen()))
    assert _numbers(items) == [3]
    assert len(_failures(items)) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_that_passes_the_screen_gives_what_it_gives_without_one(tmp_path, kind):
    path = tmp_path / f"made up{kind}"
    _, told = stream(120, seed=4, protest_share=0.3)
    held = list(archive(path, told, damaged=0.05, kilobytes=2))
    every = list(FileSource([str(path)]).articles())
    screened = list(FileSource([str(path)], pages=partial(read_page, screen=PageScreen())).articles())
    # item by item: what is not set aside is the same to the letter
    assert len(every) == len(screened)
    assert all(
        one == other or isinstance(other, SetAside) for one, other in zip(every, screened, strict=True)
    )
    telling = {one.url for one in held if one.told.events and not one.damaged}
    assert telling <= {item.url for item in screened if isinstance(item, Article)}
    assert sum(isinstance(item, SetAside) for item in screened) > 40
    assert sum(one.damaged for one in held) > 2
    assert _failures(screened)
