from rallybook.coding.columns import ACT, Columns


def test_columns_follow_each_other_without_gaps():
    columns = Columns(("march", "sail"), ("happened",), ("crews", "place"))
    told = [ACT, *range(*columns.form.indices(99)), *range(*columns.status.indices(99)), columns.focus]
    assert [*told, columns.at("crews"), columns.at("place")] == list(range(columns.count))
