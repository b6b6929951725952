import json
import re
import sys

import pytest
from fake_coder import FakeCoder
from made_up_news.archive import archive
from made_up_news.stream import stream
from shard_works import InThisProcess
from sqlalchemy import select

from rallybook import api, bulk, shard_reading
from rallybook.book.choosing import database_of
from rallybook.book.schema import articles as article_rows


def _said(result):
    return result.stderr.splitlines()


def test_articles_are_coded_and_kept_with_a_summary(rallybook, articles, tmp_path):
    book = tmp_path / "book.db"
    result = rallybook("add", articles, "--book", book, "--jobs", 1)
    assert (result.exit_code, result.stdout) == (0, "")
    assert _said(result) == [
        f"rallybook: {book}: 3 new, 0 already there, 0 failed",
        "rallybook: of the new ones 2 tell 2 events, 1 tell none",
    ]
    lines = [json.loads(line) for line in rallybook("events", "--book", book).stdout.splitlines()]
    assert [line["records"][0]["article"] for line in lines] == ["a1", "a3"]


def test_the_same_articles_again_add_nothing(rallybook, articles, tmp_path):
    book = tmp_path / "book.db"
    first = rallybook("add", articles, "--book", book, "--jobs", 1)
    before = rallybook("events", "--book", book).stdout
    again = rallybook("add", articles, articles, "--book", book, "--jobs", 1)
    assert "0 new, 6 already there, 0 failed" in again.stderr
    assert rallybook("events", "--book", book).stdout == before
    assert first.exit_code == again.exit_code == 0


def test_an_article_twice_in_one_run_is_kept_once(rallybook, articles, tmp_path):
    result = rallybook("add", articles, articles, "--book", tmp_path / "book.db", "--jobs", 2)
    assert "3 new, 3 already there" in result.stderr


def test_what_fails_is_named_and_the_others_are_kept(rallybook, tmp_path):
    path, book = tmp_path / "articles.jsonl", tmp_path / "book.db"
    path.write_text('{"id": "a", "text": "break it"}\nno json\n{"id": "b", "text": "A rally."}\n')
    result = rallybook("add", path, tmp_path / "gone.txt", "--book", book, "--jobs", 1)
    assert result.exit_code == 1
    assert "1 new, 0 already there, 3 failed" in result.stderr
    assert "failed at code: 1, such as a: ValueError: it broke" in result.stderr
    assert "gone.txt" in result.stderr
    # what failed is read again next time, what was kept is not
    assert (
        "0 new, 1 already there, 3 failed"
        in rallybook("add", path, tmp_path / "gone.txt", "--book", book).stderr
    )


def test_a_model_of_ones_own_reads_and_no_other_coder_beside_it(rallybook, articles, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("rallybook.api.coder", lambda by, *_: asked.append(by) or FakeCoder())
    book = tmp_path / "book.db"
    result = rallybook("add", articles, "--book", book, "--jobs", 1, "--model", tmp_path)
    assert "3 new" in result.stderr
    assert set(asked) == {tmp_path}
    result = rallybook("add", articles, "--book", book, "--model", tmp_path, "--coder", "rules")
    assert result.exit_code == 2
    assert "none with --coder rules" in result.stderr


def test_the_book_of_the_environment_is_used(rallybook, articles, book):
    rallybook("add", articles, "--jobs", 1)
    assert len(rallybook("events").stdout.splitlines()) == 5


def test_an_address_of_something_else_is_no_book(rallybook, articles):
    result = rallybook("add", articles, "--book", "mysql://ann:secret@host/book")
    assert result.exit_code == 2
    assert "'mysql://ann@host/book', allowed: the path of a file, or postgresql://" in result.stderr


@pytest.fixture
def news(tmp_path):
    """A web archive of thirty pages, of which six tell protests."""
    path = tmp_path / "news.warc.gz"
    assert list(archive(path, stream(30, seed=4, protest_share=0.2)[1], damaged=0, kilobytes=1))
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_an_archive_the_pages_that_tell_no_protest_are_counted(rallybook, news, tmp_path, jobs):
    result = rallybook("add", news, "--book", tmp_path / "book.db", "--jobs", jobs)
    (line,) = [line for line in _said(result) if "set aside" in line]
    assert line == (
        "rallybook: pages set aside, not read further: 21 whose words tell no protest, "
        "1 in languages that cannot be read yet"
    )
    assert "8 new, 0 already there, 0 failed" in result.stderr
    assert result.exit_code == 0


def test_all_pages_of_an_archive_are_kept_where_that_is_asked_for(rallybook, news, tmp_path):
    result = rallybook("add", news, "--book", tmp_path / "book.db", "--jobs", 1, "--pages", "all")
    assert "30 new" in result.stderr
    assert "set aside" not in result.stderr


def test_another_choice_of_pages_is_refused_with_those_that_are_allowed(rallybook, news, tmp_path):
    result = rallybook("add", news, "--book", tmp_path / "book.db", "--pages", "some")
    assert result.exit_code == 2
    assert "all" in result.stderr
    assert "likely" in result.stderr


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_code_gives_a_line_for_each_page_unless_it_is_told_otherwise(rallybook, news, form):
    every = rallybook("code", news, "--jobs", 2, "--format", "jsonl")
    likely = rallybook("code", news, "--jobs", 2, "--format", form, "--pages", "likely")
    assert len(every.stdout.splitlines()) == 30
    assert "set aside" not in every.stderr
    assert "21 whose words tell no protest" in likely.stderr
    if form == "jsonl":
        assert set(likely.stdout.splitlines()) < set(every.stdout.splitlines())
        assert len(likely.stdout.splitlines()) == 8


@pytest.fixture
def shards(monkeypatch):
    """Has shards done in this process; give the runner, with what it was made of."""
    made = InThisProcess()
    monkeypatch.setattr(bulk, "_runner", lambda how: setattr(made, "how", how) or made)
    shard_reading._near.cache_clear()
    yield made
    shard_reading._near.cache_clear()


def test_large_inputs_go_by_shards_and_small_ones_do_not(rallybook, articles, tmp_path, shards, monkeypatch):
    assert "3 new" in rallybook("add", articles, "--book", tmp_path / "small.db", "--jobs", 1).stderr
    assert shards.given == []
    monkeypatch.setattr(bulk, "is_large", lambda paths: True)
    result = rallybook("add", articles, "--book", tmp_path / "large.db", "--jobs", 1)
    assert (result.exit_code, result.stdout) == (0, "")
    assert _said(result) == [
        f"rallybook: {tmp_path / 'large.db'}: 3 new, 0 already there, 0 failed",
        "rallybook: of the new ones 2 tell 2 events, 1 tell none",
    ]
    assert len(shards.given) == 1
    assert (tmp_path / "large.db.shards" / "ledger.json").exists()
    books = [rallybook("events", "--book", tmp_path / name).stdout for name in ("small.db", "large.db")]
    assert books[0] == books[1] != ""


@pytest.mark.parametrize("options", [["--runner", "local"], ["--ledger", "here"], ["--runner", "ray"]])
def test_shards_can_be_asked_for(rallybook, articles, tmp_path, shards, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    result = rallybook("add", articles, "--book", "b.db", *options)
    assert result.exit_code == 0, result.stderr
    assert len(shards.given) == 1
    assert (tmp_path / ("here" if "here" in options else "b.db.shards") / "ledger.json").exists()
    # Ray has a worker for each CPU of its own, wherever they are
    assert (shards.how["jobs"] is None) == ("ray" in options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--runner", "spark"], "'spark' is not one of 'local', 'ray'"),
        (["--address", "auto"], "--address: received 'auto', allowed: none without --runner ray"),
        (
            ["--runner", "local", "--address", "auto"],
            "--address: received 'auto', allowed: none without --runner ray",
        ),
        (
            ["--runner", "ray", "--posts", "--keep-photos", "here"],
            "--runner: received 'ray', allowed: none with --keep-photos",
        ),
        (["--runner", "local", "--table", "ccc"], "--runner: received 'local', allowed: none with --table"),
        (["--ledger", "here", "-"], "--ledger: received 'here', allowed: files and folders only, not -"),
        (["--runner", "ray", "https://a.test/b"], "allowed: files and folders only, not https://a.test/b"),
        (["--runner", "local", "--jobs", "0"], "--jobs: received '0', allowed: a whole number, 1 to 256"),
        (["--runner", "ray", "--address", "head"], "address: received 'head', allowed: auto"),
    ],
)
def test_what_shards_cannot_do_is_named(rallybook, articles, tmp_path, options, said):
    result = rallybook("add", articles, "--book", tmp_path / "b.db", *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_without_ray_it_says_how_to_install_it(rallybook, articles, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    result = rallybook("add", articles, "--book", tmp_path / "b.db", "--runner", "ray")
    assert result.exit_code == 1
    assert (
        "rallybook: ray: received no ray, allowed: the extra ray: pip install 'rallybook[ray]'"
        in result.stderr
    )


def test_a_run_of_another_coder_is_not_taken_up(rallybook, articles, tmp_path, shards, monkeypatch):
    shards.stop = 0
    run = ("add", articles, "--book", tmp_path / "b.db", "--runner", "local")
    assert rallybook(*run).exit_code == 130
    shards.stop = None
    monkeypatch.setattr(FakeCoder, "version", "fake 2")
    result = rallybook(*run)
    assert result.exit_code == 1
    assert "coder 'fake 2', allowed: 'fake 1', with which this run began and goes on" in result.stderr


def test_pages_are_set_aside_in_shards_too_and_counted_again_by_the_next_run(
    rallybook, news, tmp_path, shards
):
    run = ("add", news, "--book", tmp_path / "book.db", "--runner", "local")
    said = "21 whose words tell no protest, 1 in languages that cannot be read yet"
    first = rallybook(*run).stderr
    assert "8 new, 0 already there" in first
    assert said in first
    again = rallybook(*run).stderr
    assert "0 new, 8 already there" in again
    assert said in again
    every = rallybook(*run, "--pages", "all").stderr
    assert "22 new, 8 already there" in every
    assert "set aside" not in every


def test_posts_go_by_shards_too_and_their_authors_are_the_same_in_all(
    rallybook, tmp_path, shards, monkeypatch
):
    monkeypatch.delenv(api.SALT, raising=False)
    row = {"text": "A rally.", "time": "2024-05-13", "author": "ama_k", "lat": 5.56, "lon": -0.2}
    for n in (1, 2):
        text = json.dumps(row | {"id": f"p{n}", "text": f"A rally, number {n}."})
        (tmp_path / f"{n}.jsonl").write_text(text + " " * 200_000)
    result = rallybook("add", tmp_path, "--posts", "--book", tmp_path / "b.db", "--runner", "local")
    assert "2 new, 0 already there, 0 failed" in result.stderr
    assert len(shards.given) == 2
    database = database_of(str(tmp_path / "b.db"))
    with database.reading() as db:
        authors = set(db.execute(select(article_rows.c.author)).scalars())
    database.close()
    assert len(authors) == 1
    assert all(re.fullmatch("[0-9a-f]{16}", author) for author in authors)
