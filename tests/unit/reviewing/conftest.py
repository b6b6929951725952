import pytest
from two_coders import book_of


@pytest.fixture
def kept(tmp_path):
    """A book that one coder has reviewed; see `two_coders`."""
    opened = book_of(tmp_path / "book.db")
    yield opened
    opened.close()
