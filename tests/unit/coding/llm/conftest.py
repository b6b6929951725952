import pytest
from stand_in import stand_in

from rallybook.coding.llm.endpoint import Endpoint


@pytest.fixture
def server():
    """Plays the endpoint; it tells no events until a test says what it tells."""
    with stand_in() as endpoint:
        yield endpoint


@pytest.fixture
def endpoint(server):
    return Endpoint(url=server.url, model="small", key="sesame", timeout_s=5)
