import socket

import pytest

from rallybook.grounding.language import _detector, detect

NEWS = "Hundreds of teachers marched through Accra on Monday to ask for the pay rise that they were promised."


@pytest.mark.parametrize(
    "text", [NEWS, NEWS.upper(), NEWS.lower(), NEWS[:26], "POLICE FIRED TEAR GAS IN NAIROBI"]
)
def test_english_is_told_in_any_case(text):
    assert detect(text) == "en"


def test_foreign_names_do_not_hide_english():
    names = "Nguyễn Văn Đức, Østergård, Škvorecký, García Márquez and Bülent Öztürk were among the marchers"
    assert detect(names + " who gathered in Ho Chi Minh City after the ban.") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Сотни людей вышли на улицы Москвы", "ru"),
        ("Cientos de maestros se manifestaron en la plaza de Lima", "es"),
        ("La police a dispersé la manifestation des enseignants à Dakar", "fr"),
        ("Hunderte Lehrer demonstrierten in Bremen gegen das neue Gesetz", "de"),
        ("Honderden leraren liepen door de straten van Utrecht", "nl"),
        ("数百人在首都抗议新的法律", "zh"),
        ("تظاهر مئات المعلمين في شوارع القاهرة", "ar"),
        ("Yüzlerce öğretmen Ankara'da yürüyüş düzenledi", "tr"),
    ],
)
def test_other_languages_are_told(text, language):
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "  \n", "1,234 — 56!", "\x00\x01", "😀😀"])
def test_a_text_without_words_has_no_language(text):
    assert detect(text) == ""


def test_only_the_beginning_is_looked_at():
    assert detect(NEWS * 30 + "Сотни людей вышли на улицы. " * 10_000) == "en"


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    _detector.cache_clear()
    assert detect("Setki nauczycieli przeszły ulicami Krakowa, domagając się podwyżek") == "pl"
