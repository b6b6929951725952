def test_an_article_is_taken_down_and_does_not_come_back(rallybook, book):
    result = rallybook("takedown", "c", "--by", "ann", "--why", "a court said so")
    assert result.exit_code == 0
    assert "c is taken down" in result.stderr
    assert "Leeds" not in rallybook("events").stdout
    again = rallybook("takedown", "c", "--by", "ann", "--why", "again")
    assert again.exit_code == 2
    assert "article: received 'c', allowed: one that is there; this one was taken down on 20" in again.stderr


def test_it_says_who_and_why(rallybook, book):
    assert rallybook("takedown", "c", "--by", "ann").exit_code == 2
