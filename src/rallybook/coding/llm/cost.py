"""What a run will cost, before it is begun: an estimate, from the length of what will be sent."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from rallybook.coding.llm.endpoint import Endpoint
from rallybook.coding.llm.prompt import request
from rallybook.coding.pipeline import LANGUAGES, language_of
from rallybook.coding.screen import worth_reading
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.outcome import Failure

# English text has about four letters a token in the vocabularies of today's models
_LETTERS_A_TOKEN = 4
# two records an article, of 250 tokens each
_TOKENS_AN_ANSWER = 500
_MILLION = 1_000_000


class Estimate(msgspec.Struct, frozen=True):
    """How many of the articles will be sent, about how many tokens are read and written, and what that costs.

    `cost` is in the currency of the prices, None where no prices are known.
    """

    articles: int
    sent: int
    read: int
    written: int
    cost: float | None

    def __str__(self) -> str:
        cost = "no prices known" if self.cost is None else f"about {self.cost:,.4f} by the prices given"
        tokens = f"about {self.read:,} tokens read and {self.written:,} written"
        return f"{self.sent:,} of {self.articles:,} articles will be sent; {tokens}, {cost}"


def estimate(items: Iterable[Article | Failure], endpoint: Endpoint) -> Estimate:
    """Give what it will cost to code some articles; each of the figures may be off by half."""
    articles = sent = letters = 0
    for item in items:
        if isinstance(item, Failure):
            continue
        articles += 1
        if language_of(item) in LANGUAGES and worth_reading((reading := read(item)).text):
            sent += 1
            letters += len(msgspec.json.encode(request(reading, endpoint.model)))
    tokens, written, prices = letters // _LETTERS_A_TOKEN, sent * _TOKENS_AN_ANSWER, endpoint.prices
    cost = (tokens * prices.read + written * prices.written) / _MILLION if prices else None
    return Estimate(articles, sent, tokens, written, cost)
