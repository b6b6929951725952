"""What a verb needs that may ask a large language model: its options, and what the run will cost, said before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from rallybook.api import llm_endpoint, llm_estimate
from rallybook.errors import InputError
from rallybook.logs import say
from rallybook.model.article import Article
from rallybook.model.outcome import Failure

if TYPE_CHECKING:
    from rallybook.coding.llm.endpoint import Endpoint

LLM = "llm"
LLM_URL = typer.Option(
    "--llm-url",
    metavar="URL",
    help="With --coder llm: the OpenAI-compatible endpoint that is asked, as http://127.0.0.1:8080/v1 "
    "(default: RALLYBOOK_LLM_URL; the key comes from RALLYBOOK_LLM_KEY only).",
)
LLM_MODEL = typer.Option(
    "--llm-model", metavar="NAME", help="With --coder llm: the model (default: RALLYBOOK_LLM_MODEL)."
)
LLM_PRICES = typer.Option(
    "--llm-prices",
    metavar="IN,OUT",
    help="With --coder llm: prices of a million tokens read and written, for the estimate of what a run costs "
    "(default: RALLYBOOK_LLM_PRICES).",
)


def endpoint_for(coder: str, *, url: str | None, model: str | None, prices: str | None) -> Endpoint | None:
    """Give the endpoint that a coder asks, None for one that asks none.

    Raises `InputError` for an endpoint that is not named whole, or named for a coder that asks none.
    """
    if coder == LLM:
        return llm_endpoint(url=url, model=model, prices=prices)
    for option, value in (("--llm-url", url), ("--llm-model", model), ("--llm-prices", prices)):
        if value is not None:
            raise InputError(option, value, f"nothing with --coder {coder}; it goes with --coder {LLM}")
    return None


def announced(items: Iterable[Article | Failure], endpoint: Endpoint) -> list[Article | Failure]:
    """Give all items, read to the end, after a line on stderr that says what it will cost to have them read."""
    read = list(items)
    say(f"{endpoint.model} at {endpoint.url}: {llm_estimate(read, endpoint)}")
    return read
