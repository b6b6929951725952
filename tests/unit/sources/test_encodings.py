import gzip
import random

import pytest

from rallybook.sources.encodings import binary, decode, decode_page, encoding

RUSSIAN = "Сотни учителей вышли на улицы Казани в воскресенье."
WESTERN = "Hundreds marched in Málaga, Düsseldorf and Orléans – “no more”, said one."


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_with_and_without_a_mark(name):
    assert decode(WESTERN.encode(name)) == WESTERN


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "cp866"])
def test_older_encodings_of_russian_are_told(name):
    assert decode(RUSSIAN.encode(name)) == RUSSIAN


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1252", WESTERN),
        ("cp1253", "Εκατοντάδες δάσκαλοι στους δρόμους της Πάτρας την Κυριακή."),
        ("cp1256", "تظاهر مئات المعلمين في القاهرة يوم الأحد احتجاجا على القانون."),
        ("shift_jis", "数百人の教師が大阪でデモ行進を行った。警察が出動した。"),
        ("gb18030", "数百名教师周日在成都举行抗议活动，警方逮捕了十二人。"),
        ("euc_kr", "수백 명의 교사가 일요일 부산에서 시위를 벌였다."),
    ],
)
def test_older_encodings_of_other_languages_are_told(name, text):
    assert decode(text.encode(name)) == text


def test_a_letter_cut_at_the_end_does_not_hide_utf8():
    assert encoding("Hundreds marched in Łódź".encode()[:-1]) == "utf-8"


def test_a_broken_byte_does_not_hide_utf8():
    raw = "Łódź, Kraków, Gdańsk, Wrocław, Poznań".encode()
    assert decode(raw[:20] + b"\xff" + raw[20:]).count("\ufffd") == 1


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a PNG image"),
        (gzip.compress(b"march"), "gzip data"),
        (b"%PDF-1.7\n", "a PDF document"),
        (random.Random(1).randbytes(4000), "binary data"),
    ],
)
def test_binary_data_is_named(raw, name):
    assert binary(raw) == name


@pytest.mark.parametrize(
    "raw",
    [b"", b"march", RUSSIAN.encode(), RUSSIAN.encode("cp1251"), WESTERN.encode("utf-16-le"), b"a\0march" * 2],
)
def test_text_is_not_called_binary(raw):
    assert binary(raw) == ""


def test_a_page_is_read_as_it_says_of_itself():
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"></head>Łódź, Kraków'
    assert decode_page(page.encode("iso-8859-2")) == page


@pytest.mark.parametrize("said", ["utf-8", "no-such-code", "cp1251", "zlib", "idna"])
def test_a_page_that_is_wrong_about_itself_is_read_all_the_same(said):
    page = f'<html><head><meta charset="{said}"></head><p>Łódź, Kraków, Gdańsk</p>'
    assert decode_page(page.encode()) == page
    assert "march" in decode_page(f'<meta charset="{said}"><p>march \xe9</p>'.encode("latin-1"))
