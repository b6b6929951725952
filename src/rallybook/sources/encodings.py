"""From the bytes of a file to its text."""

from __future__ import annotations

import codecs
import re

# the longest text that is read as one article: the longest magazine pieces have about 200,000 characters, and
# what is longer (a dump, a log, a book) would keep the coder busy for minutes
MOST_CHARACTERS = 400_000
# four bytes to a character, whatever the encoding
MOST_BYTES = 4 * MOST_CHARACTERS
# mark-up and scripts take more room than words; a page of this size takes trafilatura up to 20 s
MOST_PAGE_BYTES = 4_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAID = re.compile(rb"""<meta[^>]+charset=["']?([\w-]{3,20})""", re.IGNORECASE)
_BINARY = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"(\xb5/\xfd", "zstd data"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "Parquet data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)
# what newspapers used before UTF-8; with all of Python's 100 encodings open, short texts go astray
_OLDER = (
    "cp1251 koi8_r cp866 iso8859_5 cp1253 cp1255 cp1256 shift_jis euc_jp gb18030 big5 euc_kr cp1250 cp1252"
).split()
# Python's own: some take minutes for a page, others tell another text
_NOT_OF_PAGES = frozenset(
    "utf-8 utf-8-sig utf-7 punycode idna unicode-escape raw-unicode-escape undefined".split()
)
_SAMPLE = 65_536
# control characters that no text has; random bytes have 10 in 100
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r\f\v\b\x1a\x1b\x03")
_MOST_CONTROLS = 0.02
# a Western text has letters beyond ASCII now and then; one in another script is mostly made of them
_MOSTLY_ASCII = 0.15


def binary(raw: bytes) -> str:
    """Tell what the bytes are if they are no text ("a PNG image"); empty for text."""
    for mark, name in _BINARY:
        if raw.startswith(mark):
            return name
    sample = raw[:_SAMPLE]
    if not sample or encoding_mark(sample) or _wide(sample):
        return ""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "binary data" if controls > max(8, _MOST_CONTROLS * len(sample)) else ""


def encoding_mark(raw: bytes) -> str:
    """Give the encoding that a byte order mark tells; empty without one."""
    return next((name for mark, name in _MARKS if raw.startswith(mark)), "")


def encoding(raw: bytes) -> str:
    """Give the encoding of the bytes (or of the beginning of them), one that Python can decode."""
    if found := encoding_mark(raw) or _wide(raw):
        return found
    if _is_utf8(raw):
        return "utf-8"
    high = sum(byte > 0x7F for byte in raw[:_SAMPLE])
    if high < _MOSTLY_ASCII * min(len(raw), _SAMPLE):
        return "cp1252"
    # a late import: only texts in an old encoding of another script need it
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(raw[:8192], cp_isolation=_OLDER).best()
    return best.encoding if best else "cp1252"


def decode(raw: bytes) -> str:
    """Give the text; bytes that fit no letter become U+FFFD."""
    return raw.decode(encoding(raw), "replace")


def decode_page(raw: bytes, charset: str = "") -> str:
    """Give the text of an HTML page: UTF-8 if it is, else as its server (`charset`) or itself says, else a guess."""
    if not encoding_mark(raw) and not _wide(raw) and not _is_utf8(raw):
        said = _SAID.search(raw[:4096])
        for name in (charset, said[1].decode("ascii") if said else ""):
            if _of_pages(name):
                return raw.decode(name, "replace")
    return decode(raw)


def _of_pages(name: str) -> bool:
    """Tell whether an encoding is known and one that pages come in; what is no UTF-8 is not so by saying so."""
    try:
        known = codecs.lookup(name).name
        "".encode(known)
    except (LookupError, ValueError, UnicodeError):
        return False
    return known.replace("_", "-") not in _NOT_OF_PAGES


def _is_utf8(raw: bytes) -> bool:
    """Tell whether the bytes are UTF-8, a broken place here and there aside."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 3:  # the beginning of a file, cut within a letter
            return True
    else:
        return True
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(letter > "\x7f" for letter in text) - broken
    return whole > 4 * broken


def _wide(raw: bytes) -> str:
    """Tell UTF-16 without a mark by its zeros: every other byte of Western text is one."""
    sample = raw[:4096]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.3 * len(sample) / 2 and even < 0.05 * len(sample):
        return "utf-16-le"
    if even > 0.3 * len(sample) / 2 and odd < 0.05 * len(sample):
        return "utf-16-be"
    return ""
