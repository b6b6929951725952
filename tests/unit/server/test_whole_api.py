"""Every operation as its description has it, tried with made-up requests of all kinds (schemathesis)."""

import shutil

import pytest
from fake_linker import FakeLinker
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of

from rallybook import api
from rallybook.server.app import api as bare
from rallybook.server.app import create_app

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not there")
from schemathesis import GenerationMode  # noqa: E402

_HERE = {"Host": "localhost"}


@pytest.fixture(scope="module")
def app(_made_once, tmp_path_factory):
    """A server of this machine; what is decided stays in a copy of the book."""
    path = shutil.copy(_made_once, tmp_path_factory.mktemp("whole"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(api, "linker", FakeLinker)
        yield create_app(path)


@pytest.fixture(scope="module")
def described(app):
    """What the server says of itself."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=_HERE)
    # what fits each parameter may still not fit the others: a last day before the first, a place on no globe
    schema.config.checks.positive_data_acceptance.expected_statuses = [
        "2xx",
        "308",
        "400",
        "401",
        "403",
        "404",
        "409",
    ]
    return schema


@pytest.mark.parametrize(
    ("path", "method"),
    [(path, method) for path, operations in bare().openapi()["paths"].items() for method in operations],
)
def test_every_operation_keeps_to_its_description(described, app, path, method):
    token = app.state.shelf.doorkeeper.caller(None).csrf
    operation = described[path][method.upper()]
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes)))
    def keeps(case):
        # a token that the description does not allow is sent as it is, to be refused
        made_up = str((case.headers or {}).get("X-CSRF-Token", ""))
        case.call_and_validate(headers=_HERE | {"X-CSRF-Token": made_up if len(made_up) > 200 else token})

    keeps()
