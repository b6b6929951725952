from event_examples import EVENTS

from rallybook.publishing.event_table import event_table


def test_the_table_tells_the_police_where_there_is_room():
    narrow, wide = ("".join(event_table(EVENTS, width=width)) for width in (80, 120))
    assert "no arrests" in wide
    assert "police" not in narrow
    assert all(len(line) <= 80 for line in narrow.splitlines())
    assert wide.splitlines()[-1] == "2 events"
