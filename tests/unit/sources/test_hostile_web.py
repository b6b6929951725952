"""What the web may throw at a fetch: each case is refused in words, and nothing that is closed is ever dialled."""

import ipaddress

import pytest
from fake_web import fake_web
from hostile_cases import ADDRESSES, ANSWERS

from rallybook.model.outcome import Failure
from rallybook.sources.addresses import is_public, reach_of
from rallybook.sources.fetching import Fetcher
from rallybook.sources.web import WebSource


@pytest.fixture
def web():
    with fake_web() as made:
        yield made


def _outcome(web, case):
    web.names |= {name: list(addresses) for name, addresses in case.names.items()}
    web.answers |= case.answers
    (outcome,) = WebSource([case.url], fetcher=web.fetcher()).articles()
    return outcome


def _refused(outcome, case):
    assert isinstance(outcome, Failure)
    assert case.refusal in outcome.reason
    assert "\n" not in outcome.reason
    assert "secret" not in outcome.reason + outcome.article


@pytest.mark.parametrize("case", ADDRESSES, ids=lambda case: case.name)
def test_an_address_that_is_closed_is_refused_before_anything_is_dialled(web, case):
    _refused(_outcome(web, case), case)
    assert web.dialled == []


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.name)
def test_an_answer_that_must_not_be_followed_is_refused(web, case):
    _refused(_outcome(web, case), case)
    assert all(is_public(ipaddress.ip_address(address)) for address, _ in web.dialled)


@pytest.mark.parametrize(
    "case", [case for case in ADDRESSES if "only" in case.refusal], ids=lambda case: case.name
)
def test_what_is_closed_is_open_where_it_was_asked_for(web, case):
    web.names |= {name: list(addresses) for name, addresses in case.names.items()}
    (outcome,) = WebSource([case.url], fetcher=web.fetcher(private=True)).articles()
    assert "status: received 404" in outcome.reason or "unusual network address" in outcome.reason


def test_the_system_knows_this_machine_and_it_is_closed():
    (outcome,) = WebSource(["http://localhost/"], fetcher=Fetcher(reach_of(allow_private=False))).articles()
    assert "localhost at" in outcome.reason
