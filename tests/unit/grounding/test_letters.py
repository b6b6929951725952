from hypothesis import given
from hypothesis import strategies as st

from rallybook.grounding.letters import letters


@given(st.text())
def test_letters_are_counted_as_one_by_one(text):
    told = letters(text)
    assert told.capital == sum(map(str.isupper, text))
    assert told.small == sum(map(str.islower, text))
    assert told.all == sum(map(str.isalpha, text))
