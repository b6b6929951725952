import pytest

from rallybook.grounding.mojibake import repairs


def mended(text):
    for start, end, good in reversed(list(repairs(text))):
        text = text[:start] + good + text[end:]
    return text


@pytest.mark.parametrize(
    "original", ["’", "“no”", "–", "é", "Łódź and Málaga", "£5", "Москва", "“¿Qué?”", "…"]
)
def test_utf8_read_as_windows_1252_is_undone(original):
    raw = "The crowd’s " + original
    garbled = "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in raw.encode("utf-8")
    )
    assert mended(garbled) == raw


def test_utf8_read_as_windows_1251_is_undone():
    assert mended("the crowdвЂ™s flags") == "the crowd’s flags"


def test_utf8_read_as_mac_roman_is_undone():
    assert mended("the crowd‚Äôs caf√©") == "the crowd’s café"


def test_text_garbled_twice_is_undone():
    assert mended("the crowdÃ¢â‚¬â„¢s flags") == "the crowd’s flags"


@pytest.mark.parametrize("end", ["â€", "â€\ufffd"])
def test_a_closing_quote_that_lost_its_last_byte_is_found(end):
    assert mended(f"â€œWe stay,{end} she said") == "“We stay,” she said"


def test_intact_quotes_beside_garbled_ones_stay():
    assert mended("“No,” the crowdâ€™s “leader” said") == "“No,” the crowd’s “leader” said"


@pytest.mark.parametrize(
    "text",
    [
        "“CAFÉ” in São Tomé",
        "Жители Києва вийшли на вулицю «проти» закону",
        "Kürdistan’da “ÖZGÜRLÜK” yürüyüşü – 500 kişi",
        "Đà Nẵng, 東京、서울",
        "the price rose by √2 – or ≈ 1.4…",
        "Manifestation à Orléans : « ÇA SUFFIT »",
    ],
)
def test_letters_that_are_meant_stay(text):
    assert list(repairs(text)) == []


def test_each_letter_leads_back_to_its_own_bytes():
    assert list(repairs("ÃœberlÃ¤nder")) == [(0, 2, "Ü"), (6, 8, "ä")]
