import pytest

from rallybook.server.attempts import ALLOWED, WINDOW_S, Attempts


@pytest.fixture
def clock():
    return [0.0]


@pytest.fixture
def attempts(clock):
    return Attempts(lambda: clock[0])


def _fail(attempts, count, name="ann", address="1.2.3.4"):
    for _ in range(count):
        attempts.begun(name, address)


def test_who_failed_too_often_waits_until_the_first_failure_is_old(attempts, clock):
    _fail(attempts, ALLOWED["name and address"] - 1)
    assert attempts.wait_s("ann", "1.2.3.4") == 0
    _fail(attempts, 1)
    assert attempts.wait_s("ann", "1.2.3.4") == WINDOW_S + 1
    clock[0] = WINDOW_S + 1
    assert attempts.wait_s("ann", "1.2.3.4") == 0


def test_others_do_not_wait(attempts):
    _fail(attempts, 5)
    assert attempts.wait_s("bob", "1.2.3.4") == 0
    assert attempts.wait_s("ann", "5.6.7.8") == 0


def test_an_address_that_tries_many_names_waits_for_all(attempts):
    for number in range(ALLOWED["address"]):
        _fail(attempts, 1, name=f"name {number}")
    assert attempts.wait_s("ann", "1.2.3.4") > 0


def test_a_name_that_is_tried_from_many_addresses_is_closed_to_all(attempts):
    for number in range(ALLOWED["name"]):
        _fail(attempts, 1, address=f"address {number}")
    assert attempts.wait_s("ann", "a new one") > 0


def test_whoever_logs_in_in_the_end_has_all_tries_again(attempts):
    _fail(attempts, 4)
    attempts.succeeded("ann", "1.2.3.4")
    _fail(attempts, 4)
    assert attempts.wait_s("ann", "1.2.3.4") == 0


def test_logging_in_all_day_is_no_failure(attempts):
    for _ in range(200):
        attempts.begun("ann", "1.2.3.4")
        attempts.succeeded("ann", "1.2.3.4")
    assert attempts.wait_s("ann", "1.2.3.4") == 0
