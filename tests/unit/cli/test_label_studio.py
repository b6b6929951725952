import json

from fake_linker import FakeLinker
from two_coders import book_of

from rallybook.book.store import SqliteBook
from rallybook.reviewing.codings import codings


def _book(tmp_path):
    path = tmp_path / "out.db"
    book_of(path, judged=False).close()
    return path


def test_the_set_up_is_xml(rallybook):
    assert rallybook("labelstudio", "config").stdout.startswith("<View>")


def test_tasks_go_out_and_annotations_come_in(rallybook, tmp_path):
    path, out = _book(tmp_path), tmp_path / "tasks.json"
    assert rallybook("labelstudio", "export", "--out", out, "--book", path).exit_code == 0
    tasks = json.loads(out.read_text())
    assert [task["data"]["article"] for task in tasks] == ["c", "a", "d"]
    for task in tasks:
        annotation = {"completed_by": 4, "created_at": "2024-06-05T10:00:00Z"}
        task["annotations"] = [annotation | {"result": task.pop("predictions")[0]["result"]}]
    tasks[0]["data"]["text"] += "!"
    back = tmp_path / "back.json"
    back.write_text(json.dumps(tasks))
    result = rallybook("labelstudio", "import", back, "--book", path)
    assert result.exit_code == 1
    assert "left out: task 1: data.text: received" in result.stderr
    assert "2 codings are new" in result.stderr
    kept = SqliteBook(path, FakeLinker())
    assert {one.by for one in codings(kept)} == {"Label Studio 4"}
    kept.close()


def test_filters_choose_the_articles(rallybook, tmp_path):
    result = rallybook("labelstudio", "export", "--country", "RU", "--blind", "--book", _book(tmp_path))
    (task,) = json.loads(result.stdout)
    assert (task["data"]["article"], list(task)) == ("d", ["data"])


def test_a_file_goes_with_import_alone(rallybook, book, tmp_path):
    assert rallybook("labelstudio", "import").exit_code == 2
    assert rallybook("labelstudio", "export", tmp_path / "x.json").exit_code == 2


def test_another_file_is_a_usage_error(rallybook, book, tmp_path):
    path = tmp_path / "no.json"
    path.write_text("{}")
    result = rallybook("labelstudio", "import", path)
    assert (result.exit_code, "a list of tasks" in result.stderr) == (2, True)
