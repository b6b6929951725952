import pytest

from rallybook.errors import InputError
from rallybook.server.passwords import LEAST, MOST, fits, hashed

PASSWORD = "correct horse battery staple"


def test_a_password_fits_its_own_hash_only():
    held = hashed(PASSWORD)
    assert held.startswith("$argon2id$")
    assert PASSWORD not in held
    assert fits(PASSWORD, held)
    assert not fits("another password", held)


def test_nothing_fits_where_there_is_no_account():
    assert not fits(PASSWORD, None)
    assert not fits("the password of nobody", None)


@pytest.mark.parametrize("password", ["x" * (LEAST - 1), "x" * (MOST + 1)])
def test_what_is_too_short_or_too_long_is_refused_without_being_repeated(password):
    with pytest.raises(InputError) as refused:
        hashed(password)
    assert password not in str(refused.value)
