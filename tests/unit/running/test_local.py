import itertools
import os
import signal
import time

import pytest

from rallybook.errors import InputError, RunningError
from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.running.local import LocalRunner, guarded, one_each


class FakeCoder:
    version = "fake 1"

    def code(self, article):
        if "bad" in article.text:
            raise ZeroDivisionError("a bug")
        return Coded(id=article.id, coder=self.version)


def double(number):
    return 2 * number


def slow_when_early(number):
    time.sleep(0.02 if number < 8 else 0)
    return number, os.getpid()


def die(number):
    if number == 20:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuse(number):
    if number == 3:
        raise ValueError("three is refused")
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs):
    assert list(LocalRunner(jobs).run(double, range(100))) == [2 * n for n in range(100)]


def test_more_jobs_work_in_more_processes():
    results = list(LocalRunner(2).run(slow_when_early, range(64)))
    assert [number for number, _ in results] == list(range(64))
    assert os.getpid() not in {process for _, process in results}


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_a_few_items_are_read_ahead(jobs):
    taken = []

    def endless():
        for number in itertools.count():
            taken.append(number)
            yield number

    results = LocalRunner(jobs).run(double, endless())
    assert [next(results) for _ in range(10)] == [2 * n for n in range(10)]
    results.close() if jobs > 1 else None
    assert len(taken) <= 10 + jobs * 4 * 8 + 8


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_items_give_no_results(jobs):
    assert list(LocalRunner(jobs).run(double, [])) == []


def test_a_function_that_cannot_be_pickled_works_too():
    assert list(LocalRunner(2).run(lambda number: number + 1, [1, 2])) == [2, 3]


def test_a_worker_that_dies_is_a_clear_error():
    with pytest.raises(RunningError, match="a worker process died after"):
        list(LocalRunner(2).run(die, range(200)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_work_raises_is_raised(jobs):
    with pytest.raises(ValueError, match="three is refused"):
        list(LocalRunner(jobs).run(refuse, range(10)))


@pytest.mark.parametrize("jobs", [0, -1, 257])
def test_a_number_of_jobs_that_makes_no_sense_is_named(jobs):
    with pytest.raises(InputError, match="jobs"):
        LocalRunner(jobs)


def test_an_error_while_coding_becomes_a_failure_of_that_article():
    coded = guarded(FakeCoder(), Article(id="a", text="bad", language="en"))
    assert coded.events == ()
    assert coded.language == "en"
    assert coded.failures == (Failure("a", "code", "a: ZeroDivisionError: a bug"),)


def test_a_failure_of_the_source_is_handed_on():
    failure = Failure("a.txt", "read", "a.txt: empty")
    assert guarded(FakeCoder(), failure) == Coded(id="a.txt", coder="fake 1", failures=(failure,))


def test_a_good_article_is_coded():
    assert guarded(FakeCoder(), Article(id="a", text="good")) == Coded(id="a", coder="fake 1")


def test_a_failure_about_an_article_is_joined_with_the_article():
    about_date = Failure("b", "read", "b: published: received 'soon'")
    outcomes = [
        Coded(id="a"),
        Coded(id="b", failures=(about_date,)),
        Coded(id="b", language="en", failures=(Failure("b", "code", "x"),)),
        Coded(id="c", failures=(Failure("c", "read", "gone"),)),
        Coded(id="d"),
        Coded(id="e", failures=(Failure("e", "read", "gone"),)),
    ]
    joined = list(one_each(outcomes))
    assert [outcome.id for outcome in joined] == ["a", "b", "c", "d", "e"]
    assert joined[1] == Coded(id="b", language="en", failures=(about_date, Failure("b", "code", "x")))


def test_the_same_article_twice_stays_two():
    assert [outcome.id for outcome in one_each([Coded(id="a"), Coded(id="a")])] == ["a", "a"]
