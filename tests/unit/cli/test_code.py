import csv
import io
import json
import re

import pytest
from made_up_photos import photo

from rallybook.coding.records import LIKELY, LIKELY_BY_RULES, LIKELY_UNNAMED_BY_RULES


def _lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_in_a_pipe_it_prints_one_line_for_each_article_in_their_order(rallybook, articles):
    result = rallybook("code", articles, "--jobs", 1)
    assert result.exit_code == 0
    assert [(line["id"], len(line["events"])) for line in _lines(result.stdout)] == [
        ("a1", 1),
        ("a2", 0),
        ("a3", 1),
    ]
    assert result.stderr == ""


def test_two_workers_give_the_same_as_one(rallybook, articles):
    one, two = (rallybook("code", articles, "--jobs", jobs).stdout for jobs in (1, 2))
    assert one == two
    assert one


def test_the_published_option_dates_what_carries_no_date(rallybook, articles):
    result = rallybook("code", articles, "--published", "2024-06-01", "--jobs", 1)
    assert [line["published"] for line in _lines(result.stdout)] == ["2024-05-13", "2024-05-14", "2024-06-01"]


@pytest.mark.parametrize("named", [("-",), ()])
def test_it_reads_standard_input(rallybook, named):
    result = rallybook("code", *named, "--published", "2024-06-01", "--jobs", 1, stdin="They held a rally.")
    (line,) = _lines(result.stdout)
    assert line["events"][0]["date"]["edtf"] == "2024-06-01"


def test_a_wrong_date_is_a_usage_error_that_says_what_is_allowed(rallybook, articles):
    result = rallybook("code", articles, "--published", "1 June")
    assert result.exit_code == 2
    assert "'1 June'" in result.stderr
    assert "YYYY-MM-DD" in result.stderr
    assert result.stdout == ""


def test_a_wrong_format_is_a_usage_error_that_lists_the_formats(rallybook, articles):
    result = rallybook("code", articles, "--format", "xml")
    assert result.exit_code == 2
    for word in ("xml", "table", "json", "jsonl", "csv", "geojson"):
        assert f"'{word}'" in result.stderr


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "999"])
def test_a_wrong_number_of_jobs_is_a_usage_error(rallybook, articles, jobs):
    result = rallybook("code", articles, "--jobs", jobs)
    assert result.exit_code == 2
    assert jobs in result.stderr


def test_an_out_file_of_unknown_suffix_is_a_usage_error_before_anything_is_read(
    rallybook, articles, tmp_path
):
    result = rallybook("code", articles, "--out", tmp_path / "events.xlsx")
    assert result.exit_code == 2
    assert ".parquet" in result.stderr
    assert result.stdout == ""


def test_a_missing_file_is_named_and_the_others_are_done(rallybook, articles, tmp_path):
    gone = tmp_path / "gone.txt"
    result = rallybook("code", gone, articles, "--jobs", 1)
    assert result.exit_code == 1
    lines = _lines(result.stdout)
    assert [len(line["failures"]) for line in lines] == [1, 0, 0, 0]
    assert str(gone) in lines[0]["failures"][0]["reason"]
    assert str(gone) in result.stderr
    assert "Traceback" not in result.stderr


def test_an_article_that_breaks_the_coder_does_not_stop_the_others(rallybook, tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a", "text": "break it"}\nno json\n{"id": "b", "text": "A rally."}\n')
    result = rallybook("code", path, "--jobs", 1)
    assert result.exit_code == 1
    broken, unread, fine = _lines(result.stdout)
    assert (broken["id"], broken["failures"][0]["stage"]) == ("a", "code")
    assert unread["failures"]
    assert (fine["id"], len(fine["events"]), fine["failures"]) == ("b", 1, [])
    assert len(result.stderr.splitlines()) == 2


def test_csv_has_a_row_for_each_record(rallybook, articles):
    result = rallybook("code", articles, "--format", "csv", "--jobs", 1)
    assert [row["article"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["a1", "a3"]


def test_json_and_geojson_are_one_value(rallybook, articles):
    for name in ("json", "geojson"):
        assert json.loads(rallybook("code", articles, "--format", name, "--jobs", 1).stdout)


def test_the_table_has_titles_for_headings(rallybook, articles):
    result = rallybook("code", articles, "--format", "table", "--jobs", 1)
    assert "Rally in Oban  2024-05-13" in result.stdout
    assert "Another rally was held.  undated" in result.stdout
    assert result.stdout.rstrip().endswith("2 records in 3 articles")


def test_out_files_are_written_beside_the_output(rallybook, articles, tmp_path):
    files = [
        tmp_path / "out" / name
        for name in ("records.jsonl", "events.csv", "events.parquet", "events.geojson")
    ]
    options = [option for file in files for option in ("--out", file)]
    result = rallybook("code", articles, "--format", "jsonl", "--jobs", 1, *options)
    assert result.exit_code == 0
    assert files[0].read_text() == result.stdout
    assert all(file.stat().st_size for file in files)


def test_an_out_file_that_cannot_be_written_is_named(rallybook, articles, tmp_path):
    (tmp_path / "file").write_text("")
    result = rallybook("code", articles, "--jobs", 1, "--out", tmp_path / "file" / "events.csv")
    assert result.exit_code == 1
    assert "file" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_letters_of_any_script_come_out_as_themselves(rallybook, tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps({"id": "протест", "text": "rally \ud800 抗議"}))
    result = rallybook("code", path, "--jobs", 1)
    assert "протест" in result.stdout
    assert "抗議" in result.stdout


def test_the_help_tells_the_bound_that_holds_without_one(rallybook):
    told = " ".join(re.sub(r"[^\w.:]", " ", rallybook("code", "--help").stdout).split())
    assert f"default: {LIKELY:g}" in told
    assert f"with rules {LIKELY_BY_RULES:g} or {LIKELY_UNNAMED_BY_RULES:g}" in told


def test_a_bound_that_is_no_probability_is_refused(rallybook, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Hundreds marched in Leeds on Sunday.")
    told = rallybook("code", str(path), "--min-confidence", "7")
    assert told.exit_code == 2
    assert "min_confidence: received 7.0, allowed: a number from 0 to 1" in told.stderr


def test_rows_are_posts_where_it_says_so(rallybook, tmp_path):
    photo(tmp_path / "a.jpg")
    post = {
        "id": "1",
        "author": "ama_k",
        "text": "A rally in Accra",
        "time": "2021-02-14",
        "media": ["a.jpg", "b.jpg"],
    }
    path = tmp_path / "posts.jsonl"
    path.write_text(json.dumps(post))
    result = rallybook(
        "code", path, "--posts", "--keep-photos", tmp_path / "kept", "--jobs", 1, "--format", "jsonl"
    )
    assert result.exit_code == 1  # of b.jpg
    assert "b.jpg" in result.stderr
    line = json.loads(result.stdout)
    assert line["published"] == "2021-02-14"
    assert "ama_k" not in result.stdout
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_photos_are_kept_of_posts_only(rallybook, articles, tmp_path):
    result = rallybook("code", articles, "--keep-photos", tmp_path / "kept")
    assert result.exit_code == 2
    assert "with --posts only" in result.stderr
