"""What holds for every runner of shards: each shard is done once, whoever dies."""

import importlib.util
from pathlib import Path

import pytest
from shard_works import bounded, shard, work

from rallybook.running.pool import LocalPool

# ray warns of its own options
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
HAS_RAY = importlib.util.find_spec("ray") is not None


SUPPORT = str(Path(__file__).parents[1] / "support")


@pytest.fixture(
    params=[
        "local",
        pytest.param("ray", marks=pytest.mark.skipif(not HAS_RAY, reason="ray is not installed")),
    ],
    scope="module",
)
def runner(request):
    """A runner with two workers; one for all tests, as Ray takes some seconds to start."""
    if request.param == "local":
        yield LocalPool(2)
        return
    from rallybook.running.ray import RayPool  # noqa: PLC0415 - where it is installed

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", SUPPORT)  # the workers of Ray do not search where pytest does
        made = RayPool(2, None)
    yield made
    made.close()


def test_each_shard_is_done_once_by_workers(runner):
    # a path that is no UTF-8 comes through, too
    given = [*(shard(f"{n}") for n in range(30)), shard("odd\udcff.txt")]
    outcomes = list(runner.run(work, given))
    assert sorted(outcome.key for outcome in outcomes) == sorted(one.parts[0].path for one in given)
    assert {outcome.shard for outcome in outcomes} == set(given)
    assert len({outcome.reason for outcome in outcomes}) == 2
    assert list(runner.run(work, [])) == []


def test_a_worker_that_is_killed_is_replaced_and_its_shard_done(runner, tmp_path):
    names = [*(f"{n}" for n in range(6)), "once1", *(f"{n}" for n in range(6, 12)), "once2"]
    outcomes = list(runner.run(work, (shard(name, tmp_path) for name in names)))
    assert sorted(outcome.key for outcome in outcomes) == sorted(names)
    assert {outcome.state for outcome in outcomes} == {"coded"}


def test_a_shard_that_always_kills_comes_to_an_end_and_the_others_are_done(runner, tmp_path):
    names = ["a", "b", "always", "c", "d"]
    outcomes = list(runner.run(bounded, (shard(name, tmp_path) for name in names)))
    assert {outcome.shard.name.rpartition("/")[2]: outcome.state for outcome in outcomes} == {
        name: "failed" if name == "always" else "coded" for name in names
    }
