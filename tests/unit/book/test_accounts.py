import datetime as dt
import sqlite3
import stat

import pytest

from rallybook.book.accounts import SqliteAccounts
from rallybook.book.choosing import accounts_of
from rallybook.errors import BookError, InputError


@pytest.fixture
def book_name(new_name):
    """The name of a book that has no accounts yet."""
    return new_name()


@pytest.fixture
def accounts(book_name):
    kept = accounts_of(book_name, create=True)
    kept.add("ann", "coder", "hash of ann")
    yield kept
    kept.close()


def test_an_account_is_known_by_its_name_to_whoever_opens_the_book(accounts, book_name):
    again = accounts_of(book_name)
    assert (again.named("ann").role, again.password_of("ann")) == ("coder", "hash of ann")
    assert again.named("bob") is None
    assert again.password_of("bob") is None
    assert [account.name for account in again.all()] == ["ann"]
    again.close()


def test_where_there_are_no_accounts_none_is_made(book_name):
    none = accounts_of(book_name)
    assert (none.all(), none.held()) == ((), {})
    with pytest.raises(BookError, match=r"no accounts, .*account add"):
        none.begin(b"x", "ann", dt.datetime.now(dt.UTC))
    none.close()
    again = accounts_of(book_name)
    assert again.held() == {}
    again.close()


def test_nobody_but_the_owner_may_read_the_file(tmp_path):
    accounts = SqliteAccounts(tmp_path / "book.db.accounts", create=True)
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    accounts.close()


def test_a_file_of_something_else_is_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (x)")
    with pytest.raises(BookError, match="something else"):
        SqliteAccounts(path)


@pytest.mark.parametrize(
    ("name", "role", "thing"),
    [("", "coder", "account"), ("x" * 65, "coder", "account"), ("a\nb", "coder", "account"),
     ("ann", "coder", "account"), ("bob", "king", "role")],
)  # fmt: skip
def test_an_account_that_cannot_be_is_refused(accounts, name, role, thing):
    with pytest.raises(InputError) as refused:
        accounts.add(name, role, "hash")
    assert refused.value.thing == thing


def test_a_session_is_its_account_s_until_it_ends(accounts):
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    accounts.begin(b"one", "ann", soon)
    assert accounts.in_session(b"one").name == "ann"
    accounts.end(b"one")
    assert accounts.in_session(b"one") is None


def test_a_session_that_is_over_is_none(accounts):
    accounts.begin(b"old", "ann", dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1))
    assert accounts.in_session(b"old") is None


@pytest.mark.parametrize("change", [{"role": "reader"}, {"password": "another hash"}])
def test_whoever_gets_another_role_or_password_logs_in_again(accounts, change):
    accounts.begin(b"one", "ann", dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    accounts.change("ann", **change)
    assert accounts.in_session(b"one") is None


def test_with_an_account_go_its_sessions_and_keys(accounts):
    accounts.begin(b"one", "ann", dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    accounts.add_key(b"key", "ann", "nightly")
    accounts.remove("ann")
    assert accounts.in_session(b"one") is None
    assert accounts.with_key(b"key") is None
    with pytest.raises(InputError):
        accounts.remove("ann")


def test_a_key_is_known_by_its_hash_and_listed_by_its_label(accounts):
    accounts.add_key(b"key", "ann", "nightly")
    assert accounts.with_key(b"key").name == "ann"
    assert [key.label for key in accounts.keys_of("ann")] == ["nightly"]
    with pytest.raises(InputError):
        accounts.add_key(b"other", "ann", "nightly")
    accounts.remove_key("ann", "nightly")
    assert accounts.with_key(b"key") is None


def test_the_secret_stays_and_is_another_in_another_file(accounts, tmp_path):
    other = SqliteAccounts(tmp_path / "other.accounts", create=True)
    assert accounts.secret() == accounts.secret()
    assert accounts.secret() != other.secret()
    assert len(accounts.secret()) == 32
