"""Pages from templates: what all of them share, and the words they are written in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import yaml
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.publishing import wording
from rallybook.server.meta import told
from rallybook.server.shelf import shelf
from rallybook.server.shown import linkable

WEB = Path(__file__).parent / "web"
_BASE = "/static/"
# keys with this prefix go to the scripts, values of the vocabulary to both
_FOR_SCRIPTS = ("script.", "value.")


def page(
    request: Request, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object
) -> HTMLResponse:
    """Give a page: a template with its values, the words of the pages, and who looks at it."""
    here = shelf(request)
    shared = {
        "path": request.url.path,
        "meta": told(here, here.caller(request)),
        "script_words": _script_words(),
    }
    html = _environment().get_template(template).render(shared | values)
    # what a page shows depends on who asks and on the state of the book
    headers = {"Cache-Control": "no-cache", "Vary": "Cookie"}
    return HTMLResponse(html, status_code=status, headers=headers)


def svg(template: str, **values: object) -> str:
    """Give a picture from a template."""
    return _environment().get_template(template).render(values)


def words(key: str, **values: object) -> str:
    """Give the words of a key of the strings file, with its {names} filled in."""
    return _strings()[key].format(**values)


def label(value: str) -> str:
    """Give the label of a value of the vocabulary."""
    return _strings().get(f"value.{value}") or value.replace("_", " ")


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Give the names of countries by their ISO 3166-1 alpha-2 codes."""
    gazetteer = CompiledGazetteer()
    codes = (one + other for one in ascii_uppercase for other in ascii_uppercase)
    return {code: found.name for code in codes if (found := gazetteer.country(code))}


def asset(name: str) -> str:
    """Give the URL of a built asset; it changes with the content, so that a browser never keeps an old one."""
    return f"{_BASE}{name}?{_digest(name)}"


@lru_cache(maxsize=64)
def _digest(name: str) -> str:
    file = WEB / "static" / name
    return hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest() if file.is_file() else ""


@lru_cache(maxsize=1)
def _strings() -> Mapping[str, str]:
    told: Mapping[str, str] = yaml.safe_load((WEB / "strings" / "en.yaml").read_text(encoding="utf-8"))
    return told


@lru_cache(maxsize=1)
def _script_words() -> str:
    """Give the words that scripts need as JSON that can stand in HTML."""
    wanted = {
        key.removeprefix("script."): said for key, said in _strings().items() if key.startswith(_FOR_SCRIPTS)
    }
    return json.dumps(wanted, ensure_ascii=False).replace("<", "\\u003c")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"t": words, "label": label, "asset": asset, "country": _country}
    made.filters |= {
        "count": lambda value: f"{value:,}",
        "days": wording.dates,
        "number": _number,
        "linkable": linkable,
        "place": _place,
    }
    return made


def _country(code: str) -> str:
    return country_names().get(code, code)


def _number(counted: Any) -> str:  # noqa: ANN401 - whatever has a low and a high
    return wording.number(counted.low, counted.high)


def _place(found: Any) -> str:  # noqa: ANN401 - an EventPlace
    if found.precision == "country" or not found.name:
        return _country(found.country) if found.country else found.text
    return ", ".join(filter(None, (found.name, _country(found.country))))
