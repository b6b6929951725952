from rallybook.book.identity import event_id, heirs


def c(*numbers):
    return frozenset(numbers)


def test_an_event_goes_on_where_most_of_its_records_are():
    assert heirs([c(1), c(2, 3)], {7: c(1, 2, 3)}) == {c(2, 3): 7}


def test_a_cluster_is_the_event_it_shares_most_with():
    assert heirs([c(1, 2, 3)], {7: c(1), 8: c(2, 3)}) == {c(1, 2, 3): 8}


def test_the_oldest_wins_a_tie():
    assert heirs([c(1, 2)], {8: c(1), 7: c(2)}) == {c(1, 2): 7}
    assert heirs([c(2), c(1)], {7: c(1, 2)}) == {c(1): 7}


def test_an_event_that_loses_its_best_cluster_takes_the_next():
    # 7 and 8 both share with the first cluster; 8 shares more, 7 goes on in the other
    assert heirs([c(1, 2, 3), c(4)], {7: c(1, 4), 8: c(2, 3)}) == {c(1, 2, 3): 8, c(4): 7}


def test_new_records_are_a_new_event():
    assert heirs([c(5)], {7: c(1)}) == {}


def test_an_id_follows_from_the_least_record():
    assert event_id(["b", "a"]) == event_id(["a", "c"])
    assert len({event_id(["a"]), event_id(["a"], 1), event_id(["b"])}) == 3
