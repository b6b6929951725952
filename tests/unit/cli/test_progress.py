import io

import pytest

from rallybook.cli import progress as module
from rallybook.cli.progress import expected, progress


class _Terminal(io.StringIO):
    def isatty(self):
        return True


class _Clock:
    def __init__(self):
        self.now = 0.0

    def monotonic(self):
        return self.now


# not a fixture: pytest lays its own streams anew between a fixture and its test
def _screen(monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    return terminal


@pytest.fixture
def clock(monkeypatch):
    clock = _Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_a_short_run_shows_nothing(monkeypatch, clock):
    screen = _screen(monkeypatch)
    with progress([]) as step:
        clock.now = 0.9
        step()
    assert screen.getvalue() == ""


def test_a_long_run_shows_count_and_rate_and_wipes_them_away(monkeypatch, clock):
    screen = _screen(monkeypatch)
    with progress(["-"]) as step:
        for _ in range(4):
            clock.now += 0.5
            step()
        assert screen.getvalue().endswith("4 articles, 2.0 a second")
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_the_time_left_is_shown_where_the_number_of_articles_is_known(monkeypatch, clock, tmp_path):
    screen = _screen(monkeypatch)
    path = tmp_path / "articles.jsonl"
    path.write_text("{}\n" * 150)
    with progress([str(path)]) as step:
        for _ in range(10):
            clock.now += 1.5
            step()
        assert screen.getvalue().endswith("10 of 150 articles, 0.7 a second, 3:30 left")


def test_a_run_into_a_file_shows_nothing(monkeypatch, clock):
    screen = _screen(monkeypatch)
    screen.isatty = lambda: False
    with progress([]) as step:
        clock.now = 5.0
        step()
    assert screen.getvalue() == ""


def test_the_number_of_articles_is_told_only_where_a_glance_is_enough(tmp_path):
    for name in ("a.txt", "b.html", "c.jsonl"):
        (tmp_path / name).write_text("x\n" * 3)
    paths = [str(tmp_path / name) for name in ("a.txt", "b.html", "c.jsonl")]
    assert expected(paths) == 5
    assert expected([*paths, "-"]) is None
    assert expected([str(tmp_path)]) is None


def test_a_run_that_prints_nothing_shows_its_progress_on_the_same_terminal(monkeypatch, clock):
    screen = _screen(monkeypatch)
    monkeypatch.setattr("sys.stdout", _Terminal())
    with progress([], printing=False) as step:
        clock.now = 2.0
        step()
        assert "1 articles, 0.5 a second" in screen.getvalue()


def test_a_run_that_prints_nothing_says_how_far_it_is_in_a_log_now_and_then(monkeypatch, clock, tmp_path):
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    path = tmp_path / "articles.jsonl"
    path.write_text("{}\n" * 100)
    with progress([str(path)], printing=False) as step:
        for _ in range(50):
            clock.now += 1.3
            step()
    assert log.getvalue().splitlines() == [
        "rallybook: 24 of 100 articles, 0.8 a second, 1:38 left",
        "rallybook: 48 of 100 articles, 0.8 a second, 1:07 left",
    ]
