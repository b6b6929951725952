import json

import pytest

from rallybook.server import running


@pytest.fixture
def started(monkeypatch):
    """What uvicorn would have been started with."""
    told = []
    monkeypatch.setattr(running.uvicorn, "run", lambda app, **options: told.append((app, options)))
    return told


def test_this_machine_is_served_without_accounts_and_told_so(rallybook, book, started):
    result = rallybook("serve", "--port", 8123)
    assert result.exit_code == 0
    assert "http://127.0.0.1:8123/" in result.stderr
    assert "no accounts" in result.stderr
    ((_, options),) = started
    assert (options["host"], options["port"]) == ("127.0.0.1", 8123)


def test_others_are_served_with_accounts_only(rallybook, book, started):
    result = rallybook("serve", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "rallybook account add NAME --role admin" in result.stderr
    rallybook("account", "add", "ann", "--role", "admin", stdin="a password of some length\n")
    assert rallybook("serve", "--host", "0.0.0.0").exit_code == 0
    assert len(started) == 1


def test_options_become_settings(rallybook, book, started):
    rallybook("serve", "--texts", "none", "--private", "--https", "--style", "https://tiles.example/s.json")
    settings = started[0][0].state.shelf.settings
    assert (settings.texts, settings.open_to_all, settings.secure_cookies) == ("none", False, True)
    assert settings.style == "https://tiles.example/s.json"


def test_a_book_that_is_not_there_is_named(rallybook, tmp_path, started):
    result = rallybook("serve", "--book", tmp_path / "nothing.db")
    assert result.exit_code == 1
    assert "nothing.db" in result.stderr
    assert started == []


def test_the_token_of_the_metrics_comes_from_a_file(rallybook, book, started, tmp_path):
    file = tmp_path / "token"
    file.write_text("a-token-of-some-length\n")
    assert rallybook("serve", "--metrics-token-file", file).exit_code == 0
    assert started[0][0].state.shelf.settings.metrics_token == "a-token-of-some-length"
    file.write_text("short\n")
    result = rallybook("serve", "--metrics-token-file", file)
    assert result.exit_code == 2
    assert "allowed: a file with one word of at least 16" in result.stderr
    assert "short" not in result.stderr


def test_a_server_without_a_terminal_writes_its_log_as_json(rallybook, book, started):
    result = rallybook("--log", "auto", "serve")
    assert json.loads(result.stderr.splitlines()[0])["event"].startswith("serving ")
