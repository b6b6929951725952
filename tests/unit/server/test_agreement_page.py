import pytest

from rallybook.server.drawing import Line, curves


def test_the_course_of_a_field_is_dots_that_a_line_joins_and_gaps_have_none():
    drawing = curves(
        ["May", "June", "July"], [Line("form", (0.5, None, 1.4)), Line("date", (None, None, None))]
    )
    assert [dot.said for dot in drawing.dots] == ["form, May: 0.50", "form, July: 1.40"]
    assert drawing.dots[1].y < drawing.dots[0].y
    assert drawing.dots[1].y >= 0
    assert drawing.key == ((0, "form"), (1, "date"))
    assert len(drawing.paths[0].points.split()) == 2


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("coder", 200), ("adjudicator", 200)])
def test_agreement_is_for_coders(as_role, role, status):
    assert as_role(role).get("/agreement").status_code == status


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("coder", 403), ("adjudicator", 200)])
def test_adjudication_is_for_adjudicators(as_role, role, status):
    assert as_role(role).get("/adjudicate").status_code == status


@pytest.mark.parametrize("path", ["/second", "/code?article=a", "/adjudicate", "/agreement"])
def test_whoever_is_not_logged_in_is_led_to_the_log_in_page(public, path):
    answer = public.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?next={path.partition('?')[0]}")


def test_an_article_that_is_not_there_is_said_so(as_role):
    assert as_role("coder").get("/code?article=nobody").status_code == 404
    assert as_role("coder").get("/agreement?by=year").status_code == 422
