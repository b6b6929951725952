"""Random and damaged articles and files, each from a number."""

import datetime as dt
import json
import random
from pathlib import Path

import yaml

from rallybook.model.article import Article
from rallybook.sources.rows import whole_letters

WORDS = yaml.safe_load((Path(__file__).parent / "vocabulary.yaml").read_text(encoding="utf-8"))
DAMAGES = [
    *("â€™", "â€œ", "â€", "Ã©", "вЂ™", "``", "''", "`", "“", "”", "‘", "’", '"', "'", "(", ")", "["),
    *("-", "--", "—"),
    *("\u200b", "\u202e", "\xad", "\xa0", "\x00", "\x1f", "\x92", "\ufffd", "\u2028", "ﬁ", "１", "²"),
    *("٣", "½"),
    *("\n", "\r\n", "\r", "\n\n", "\t", "   ", ".", "...", "…", ",", ";", ":", "!", "?", "%", "$"),
    *("&amp;", "<p>"),
    *("0", "-1", "99999999999999999999", "1,2,3,4", "1.000.000", "12:60", "31/31/31", "İ", "ß", "Ⅷ"),
    *("e\u0301", "{", "7" * 400),
]
KEYS = ["text", "id", "title", "published", "url", "source", "language", "events", "", "\ud800"]
VALUES = [
    None,
    "",
    0,
    1e999,
    True,
    [],
    {},
    "2021-02-14",
    "soon",
    "en",
    "x" * 300,
    "\ud83d",
    "2021-02-14T25:00",
]
ENCODINGS = "utf-8 utf-8-sig utf-16 utf-16-le utf-32 cp1252 cp1251 latin-1 shift_jis".split()
SUFFIXES = [".txt", ".md", ".html", ".jsonl", ".csv"]


class Cases:
    """Random texts and files from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self) -> str:
        """Give a text of up to a few thousand characters."""
        kind = self.random.random()
        if kind < 0.15:
            return self.noise()
        paragraphs = [
            "  ".join(self.sentence() for _ in range(self.below(5))) for _ in range(1 + self.below(6))
        ]
        text = self.random.choice(["\n\n", "\n", "\r\n", " "]).join(paragraphs)
        if kind < 0.3:
            width = self.random.randint(40, 100)
            text = "\n".join(text[at : at + width] for at in range(0, len(text), width))
        return self.damaged(text) if kind < 0.85 else text

    def noise(self) -> str:
        """Give random letters of all of Unicode, or of a few of its blocks."""
        top = self.random.choice([0x80, 0x100, 0x530, 0x3000, 0x110000])
        return "".join(chr(self.below(top)) for _ in range(self.below(400)))

    def sentence(self) -> str:
        """Give a sentence in the words of protest news, its parts in any order."""
        choose = self.random.choice
        parts = [*map(choose, WORDS.values())]
        if self.random.random() < 0.3:
            self.random.shuffle(parts)
        parts = parts[: 1 + self.below(5)] if self.random.random() < 0.3 else parts
        words = " ".join(parts) + choose([".", ".", ".", "!", "", ",", " ."])
        return choose([str, str, str, str, str.upper, str.lower, str.title])(words)

    def damaged(self, text: str) -> str:
        """Give the text with pieces put in, cut out, doubled or moved."""
        for _ in range(self.below(12)):
            at = self.below(len(text) + 1)
            end = at + self.below(30)
            match self.below(4):
                case 0:
                    text = text[:at] + text[end:]
                case 1:
                    text = text[:at] + text[at:end] * self.random.randint(2, 40) + text[end:]
                case _:
                    text = (
                        text[:at]
                        + self.random.choice(DAMAGES) * self.random.choice([1, 1, 1, 2, 30])
                        + text[at:]
                    )
        return text

    def article(self) -> Article:
        """Give an article, with or without a date and title."""
        day = self.random.choice(
            [dt.date(1600, 1, 1), dt.date(2200, 12, 31), dt.date(2015, 1, 1) + dt.timedelta(self.below(3000))]
        )
        published = day if self.random.random() < 0.7 else None
        title = self.sentence() if self.random.random() < 0.3 else ""
        return Article(
            id="fuzz", text=whole_letters(self.text()), title=title, published=published, language="en"
        )

    def file(self) -> tuple[str, bytes]:
        """Give the suffix and the bytes of a file that somebody may hand in."""
        suffix = self.random.choice(SUFFIXES)
        match suffix:
            case ".jsonl":
                text = "\n".join(self.row() for _ in range(self.below(6)))
            case ".csv":
                text = (
                    self.random.choice(["text,id,published", "id;text", "text", "a,b", '"text"\t"id"']) + "\n"
                )
                text += "\n".join(
                    f'"{self.sentence()}",{self.below(9)},{self.sentence()}' for _ in range(self.below(5))
                )
            case ".html":
                tags = [
                    "<p>",
                    "</p>",
                    "<div>",
                    "<b",
                    ">",
                    "<html>",
                    "<body>",
                    "<!--",
                    "<script>",
                    "&#x0;",
                    "<meta charset=x>",
                ]
                text = "".join(self.random.choice(tags) + self.sentence() for _ in range(self.below(20)))
            case _:
                text = self.text()
        if self.random.random() < 0.5:
            text = self.damaged(text)
        raw = text.encode(self.random.choice(ENCODINGS), "replace")
        if self.random.random() < 0.2:
            at = self.below(len(raw) + 1)
            raw = raw[:at] + self.random.randbytes(self.below(20)) + raw[at + self.below(5) :]
        return suffix, raw

    def row(self) -> str:
        """Give a line of a JSON Lines file, mostly a good one."""
        row = {"text": self.text(), "id": self.random.choice(["a", 1, None])}
        for _ in range(self.below(4)):
            row[self.random.choice(KEYS)] = self.random.choice(VALUES)
        line = json.dumps(row)
        return line if self.random.random() < 0.9 else line[: self.below(len(line))]

    def below(self, top: int) -> int:
        """Give a number from 0 to less than `top` (0 for 0)."""
        return self.random.randrange(top) if top else 0
