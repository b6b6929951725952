from rallybook.linking.words import names, telling_words


def test_endings_do_not_matter():
    assert telling_words(["teachers"]) == telling_words(["Teachers'", "teacher"])


def test_what_any_protest_has_is_left_out():
    assert telling_words(["Hundreds of people marched on Sunday"]) == frozenset()


def test_names_do_not_begin_a_sentence():
    assert names(["Rain fell. Members of Safe Crossings came to Oban"]) == telling_words(
        ["safe crossings oban"]
    )
