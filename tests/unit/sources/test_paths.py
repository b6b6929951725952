import pytest

from rallybook.errors import SourceError
from rallybook.sources.paths import files


def names(root):
    return [file.relative_to(root).as_posix() for file in files(str(root))]


def test_a_folder_gives_its_readable_files_sorted_and_hidden_ones_left_out(tmp_path):
    for name in ("b.txt", "a.jsonl", ".hidden.txt", "photo.png", "deep/er/c.md", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["a.jsonl", "b.txt", "deep/er/c.md"]


def test_a_loop_of_links_ends(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert names(tmp_path) == ["a.txt"]


def test_suffixes_are_told_in_any_case(tmp_path):
    (tmp_path / "A.TXT").write_text("x")
    assert names(tmp_path) == ["A.TXT"]


@pytest.mark.parametrize("path", ["", "missing.txt", "a\0b.txt", "x" * 5000 + ".txt"])
def test_a_path_that_leads_nowhere_is_named(path):
    with pytest.raises(SourceError) as caught:
        list(files(path))
    assert caught.value.origin in (path, "path")


def test_a_suffix_that_is_not_known_is_named_with_those_that_are(tmp_path):
    (tmp_path / "report.pdf").write_text("x")
    with pytest.raises(SourceError, match=r"received '\.pdf', allowed: \.txt, .*\.csv"):
        list(files(str(tmp_path / "report.pdf")))


def test_a_folder_with_nothing_to_read_is_named(tmp_path):
    (tmp_path / "photo.png").write_text("x")
    with pytest.raises(SourceError, match="nothing to read in this folder"):
        list(files(str(tmp_path)))


def test_a_link_to_something_gone_is_named(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    with pytest.raises(SourceError, match="a link to something that is gone"):
        list(files(str(tmp_path / "gone.txt")))
