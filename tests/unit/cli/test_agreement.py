import json

from two_coders import alike, book_of, hand_in, told


def _book(tmp_path):
    path = tmp_path / "twice.db"
    kept = book_of(path)
    hand_in(kept, "a", alike())
    hand_in(kept, "c", told("Leeds"), minutes=60 * 24 * 40)
    kept.close()
    return path


def test_agreement_is_a_table_with_a_column_for_each_month(rallybook, tmp_path):
    result = rallybook("agreement", "--book", _book(tmp_path))
    assert result.exit_code == 0
    first, _, head, *rows = result.stdout.splitlines()
    assert first == "2 articles, 1 of them disputed; 2 and 2 events, 2 alike (F1 1.000)"
    assert head.split() == ["alpha", "all", "2024-06", "2024-07"]
    assert [row.split()[0] for row in rows][:5] == ["form", "status", "focus", "umbrella", "date"]
    assert rows[-1].split() == ["articles", "2", "1", "1"]


def test_as_json_it_has_all_figures(rallybook, tmp_path):
    told_ = json.loads(rallybook("agreement", "--json", "--by", "week", "--book", _book(tmp_path)).stdout)
    assert [one["period"] for one in told_] == ["", "2024-W23", "2024-W28"]
    assert told_[0]["fields"]["form"]["units"] == 2


def test_a_book_without_a_second_coder_says_so(rallybook, book):
    result = rallybook("agreement")
    assert (result.exit_code, "two coders" in result.stdout) == (0, True)


def test_another_period_is_a_usage_error(rallybook, book):
    assert rallybook("agreement", "--by", "year").exit_code == 2
