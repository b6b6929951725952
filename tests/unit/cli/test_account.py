import pytest

from rallybook.book.accounts import SqliteAccounts
from rallybook.server.passwords import fits

PASSWORD = "correct horse battery staple"


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "book.db.accounts"


def _account(rallybook, tmp_path, *arguments, password=PASSWORD):
    return rallybook("account", *arguments, "--book", tmp_path / "book.db", stdin=f"{password}\n")


def test_the_first_admin_is_made_by_the_command(rallybook, tmp_path, kept):
    assert _account(rallybook, tmp_path, "add", "ann", "--role", "admin").exit_code == 0
    accounts = SqliteAccounts(kept)
    assert accounts.named("ann").role == "admin"
    assert fits(PASSWORD, accounts.password_of("ann"))
    accounts.close()


def test_accounts_are_listed_changed_and_taken_away(rallybook, tmp_path, kept):
    _account(rallybook, tmp_path, "add", "ann", "--role", "coder")
    assert _account(rallybook, tmp_path, "role", "ann", "--role", "reader").exit_code == 0
    assert _account(rallybook, tmp_path, "password", "ann", password="another long password").exit_code == 0
    assert _account(rallybook, tmp_path, "list").stdout.startswith("ann\treader\t")
    accounts = SqliteAccounts(kept)
    assert fits("another long password", accounts.password_of("ann"))
    accounts.close()
    assert _account(rallybook, tmp_path, "remove", "ann").exit_code == 0
    assert _account(rallybook, tmp_path, "list").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["add", "ann"], "--role"),
        (["add"], "NAME"),
        (["remove", "nobody"], "nobody"),
        (["password", "nobody"], "nobody"),
        (["list", "--role", "coder"], "--role"),
    ],
)
def test_wrong_usage_is_named(rallybook, tmp_path, arguments, named):
    result = _account(rallybook, tmp_path, *arguments)
    assert result.exit_code == 2
    assert named in result.stderr


def test_a_short_password_is_refused_and_not_repeated(rallybook, tmp_path, kept):
    result = _account(rallybook, tmp_path, "add", "ann", "--role", "coder", password="hunter2")
    assert result.exit_code == 2
    assert "12 to 1,000 characters" in result.stderr
    assert "hunter2" not in result.stderr
    assert SqliteAccounts(kept).all() == ()
