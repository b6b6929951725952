from rallybook.grounding.linewraps import wraps

WIRE = """   ACCRA, March 3 - About 400 teachers gathered before the ministry
of education on Wednesday to ask for the pay rise that they were
promised last year, a spokesman of their union said.
   The minister did not come out, but sent word that talks would be
held within a week.
   The teachers left peacefully.
"""


def unwrapped(text):
    for start, end, good in reversed(wraps(text)):
        text = text[:start] + good + text[end:]
    return text


def test_the_lines_of_a_wire_are_joined_within_paragraphs():
    lines = unwrapped(WIRE).rstrip().split("\n")
    assert len(lines) == 3
    assert "the ministry of education" in lines[0]
    assert lines[1].endswith("would be held within a week.")


def test_upper_case_archives_are_joined_too():
    assert "THE MINISTRY OF EDUCATION" in unwrapped(WIRE.upper())


def test_a_common_indent_opens_no_paragraph():
    indented = WIRE.replace("\n   ", "\n").replace("\n", "\n            ").strip()
    assert "the ministry of education on Wednesday" in unwrapped(indented)


def test_carriage_returns_do_not_hide_a_wrap():
    assert "the ministry of education" in unwrapped(WIRE.replace("\n", " \n"))


def test_a_paragraph_on_each_line_stays():
    text = (
        "Nurses walked out of the main hospital in Suva on Monday.\n"
        "They want to be paid for nights, too.\n"
        "The ministry said that it would look into the matter in due course.\n"
        "No one was hurt."
    )
    assert wraps(text) == []


def test_a_headline_over_long_paragraphs_stays():
    assert wraps("Nurses walk out\n" + "The nurses of the main hospital walked out on Monday. " * 5) == []


def test_a_list_stays():
    items = "\n".join(f"- the {n} demand of the students, who wait for an answer since" for n in range(9))
    assert wraps(items) == []


def test_lines_without_words_are_no_trouble():
    assert wraps("\n\n  \n\t\n") == []
    assert wraps("") == []
