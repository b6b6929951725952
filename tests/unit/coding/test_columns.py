from rallybook.coding.columns import ACT, Columns


def test_columns_follow_each_other_without_gaps():
    columns = Columns(("march", "sail"), ("happened",), ("crews", "place"))
    told = [ACT, *range(*columns.form.indices(99)), *range(*columns.status.indices(99)), columns.focus]
    assert [*told, columns.at("crews"), columns.at("place")] == list(range(columns.count))


def test_the_reach_comes_last_where_it_is_told():
    columns = Columns(("march",), ("happened",), ("crews",), ("place", "country"), ("day",))
    after = columns.at("crews") + 1
    assert (columns.scale, columns.extent) == (slice(after, after + 2), slice(after + 2, after + 3))
    assert columns.count == after + 3
    untold = Columns(("march",), ("happened",), ("crews",))
    assert untold.scale == untold.extent == slice(untold.count, untold.count)
