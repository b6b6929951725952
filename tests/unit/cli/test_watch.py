import json

import pytest
from fake_web import fake_web, page, sent

WORDS = (
    "Hundreds of teachers held a rally in Accra on Sunday to ask for the pay rise that they were promised."
)


@pytest.fixture
def site():
    with fake_web() as web:
        home = f"http://127.0.0.1:{web.port}"
        feed = f'<rss version="2.0"><channel><item><link>{home}/a</link></item></channel></rss>'
        web.answers |= {"/a": sent(page(WORDS)), "/feed": sent(feed.encode(), "application/rss+xml")}
        yield home


@pytest.fixture
def listed(site, tmp_path):
    path = tmp_path / "list.yaml"
    path.write_text(f"feeds: [{site}/feed]\ndelay: 0\n")
    return path


def test_a_pass_keeps_what_is_new_and_the_next_one_finds_nothing_new(rallybook, listed, tmp_path):
    book = tmp_path / "rallybook.db"
    for told in ("1 new", "0 new"):
        result = rallybook("watch", listed, "--book", book, "--jobs", 1, "--allow-private")
        assert result.exit_code == 0, result.output
        assert told in result.output
    assert (tmp_path / "rallybook.db.watch.json").exists()
    (line,) = rallybook("events", "--book", book, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["records"][0]["url"].endswith("/a")


def test_an_address_of_this_machine_is_refused_unless_it_is_allowed(rallybook, listed, site, tmp_path):
    result = rallybook("watch", listed, "--book", tmp_path / "b.db", "--jobs", 1)
    assert result.exit_code == 1
    assert "allowed: 80, 443" in result.output
    result = rallybook("code", f"{site}/a", "--jobs", 1)
    assert result.exit_code == 1
    assert "allowed: 80, 443" in result.output


def test_a_page_is_coded_and_added_by_its_address(rallybook, site, tmp_path):
    result = rallybook("code", f"{site}/a", "--jobs", 1, "--format", "jsonl", "--allow-private")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["events"][0]["trigger"] == "rally"
    result = rallybook("add", f"{site}/a", "--book", tmp_path / "b.db", "--jobs", 1, "--allow-private")
    assert "1 new" in result.output


def test_a_list_that_is_none_is_wrong_usage(rallybook, tmp_path):
    path = tmp_path / "list.yaml"
    path.write_text("feeds: [")
    result = rallybook("watch", path, "--book", tmp_path / "b.db")
    assert result.exit_code == 2
    assert "watch list" in result.output
