from rallybook.model.match import Agreement, Match
from rallybook.publishing.grounds import match_lines

LEVELS = (Agreement("place", "same city", 0.9), Agreement("aims", "no word", -1.15))


def test_the_heaviest_comes_first_and_the_crowd_last():
    match = Match(("a", "b"), -2.65, -0.6, LEVELS, others=5, crowd=1.8)
    assert "".join(match_lines(match)) == (
        "a and b: rather two events (log odds -2.65)\n"
        "   -0.60  before any comparison\n"
        "   -1.15  aims: no word\n"
        "   +0.90  place: same city\n"
        "   -1.80  crowd: 5 others near that are of other events\n"
    )


def test_a_rule_outranks_the_weight():
    lines = list(match_lines(Match(("a", "b"), 2.0, 0.5, LEVELS, cannot="different days")))
    assert lines[:2] == [
        "a and b: rather two events (log odds +2.00)\n",
        "  never one event: different days\n",
    ]
    assert not any("crowd" in line for line in lines)
