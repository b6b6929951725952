import pytest

from rallybook.coding.llm.cost import estimate
from rallybook.coding.llm.endpoint import Endpoint, Prices
from rallybook.model.article import Article
from rallybook.model.outcome import Failure

PROTEST = Article(id="a", text="Hundreds of teachers marched through Accra on Monday.", language="en")
QUIET = Article(id="b", text="The bank raised its rate.", language="en")
NOWHERE = Endpoint(url="http://127.0.0.1:1/v1", model="small")


def test_only_what_will_be_sent_is_counted():
    found = estimate([PROTEST, QUIET, Failure("c", "read", "gone"), PROTEST], NOWHERE)
    assert (found.articles, found.sent, found.written) == (3, 2, 1000)
    # the definitions and the schema are sent with each article
    assert 2 * 1000 < found.read < 2 * 4000


def test_the_cost_is_that_of_the_tokens():
    priced = Endpoint(url=NOWHERE.url, model="small", prices=Prices(2.0, 8.0))
    found = estimate([PROTEST], priced)
    assert found.cost == pytest.approx((found.read * 2 + 500 * 8) / 1e6)
    assert str(found).endswith(f"about {found.cost:.4f} by the prices given")


def test_without_prices_it_tells_tokens_only():
    assert estimate([PROTEST], NOWHERE).cost is None
    assert str(estimate([QUIET], NOWHERE)) == (
        "0 of 1 articles will be sent; about 0 tokens read and 0 written, no prices known"
    )
