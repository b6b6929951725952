import json

import pytest
from fake_coder import FakeCoder
from typer.testing import CliRunner

from rallybook import api
from rallybook.cli.app import app


@pytest.fixture
def rallybook(monkeypatch):
    """Runs the command line in this process, with a coder that needs no lexicon."""
    coder = FakeCoder()
    monkeypatch.setattr(api, "coder", lambda *_, **__: coder)

    def run(*arguments, stdin=""):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run


@pytest.fixture
def articles(tmp_path):
    """A file of three articles: one with a rally, one without, one without a date."""
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": "a1", "title": "Rally in Oban", "text": "They held a rally.", "published": "2024-05-13"},
        {"id": "a2", "text": "Rain fell.", "published": "2024-05-14"},
        {"id": "a3", "text": "Another rally was held."},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path
