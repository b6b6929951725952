import pytest

from rallybook.coding.privacy import without_names


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("nurses and drivers", ["nurses and drivers"]),
        ("doctors at Parirenyatwa", ["doctors at Parirenyatwa"]),
        ("residents of Safwan and Zubair", ["residents of Safwan and Zubair"]),
        ("members of Farmers Against Uranium", ["members of Farmers Against Uranium"]),
        ("Anti-war veterans", ["Anti-war veterans"]),
        ("students and Anna Petrova", ["students"]),
        ("drivers and Mr S. Petrov", ["drivers"]),
        ("drivers with Anna Petrova and nurses", ["drivers", "nurses"]),
        ("Anna Petrova and other students", ["other students"]),
        ("Anna Petrova", []),
        ("Petrova of Zubair", []),
        ("Zubair", []),
        ("Petrova and 13", []),
    ],
)
def test_people_are_told_without_names_but_with_where_they_are(told, kept):
    text = f"On Monday {told} marched in Basra."
    at = text.find("Zubair")
    places = [(at, at + len("Zubair"))] if at >= 0 else []
    start = text.index(told)
    found = without_names(text, (start, start + len(told)), places)
    assert [text[first:last] for first, last in found] == kept
