import socket
import sys
import time

import pytest

from rallybook.errors import InputError, RunnerError
from rallybook.running import ray
from rallybook.running.ray import RayPool


def test_without_ray_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(RunnerError, match=r"ray: received no ray, allowed: .*pip install 'rallybook\[ray\]'"):
        RayPool(2, None)


@pytest.mark.parametrize(
    "address", ["", "host", "host:", ":80", "host:port", "host:99999", "ray://host:10001"]
)
def test_what_is_no_address_is_named(address):
    with pytest.raises(InputError, match=r"allowed: auto .*HOST:PORT"):
        RayPool(2, address)


def test_an_address_where_nobody_listens_is_named_at_once():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(
        RunnerError, match=rf"ray {address}: received no answer within 5 s \(Connection refused\)"
    ):
        RayPool(2, address)


def test_a_host_that_does_not_answer_is_waited_for_and_named(monkeypatch):
    def silent(address, timeout):
        time.sleep(0)
        assert timeout <= 5
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket, "create_connection", silent)
    with pytest.raises(RunnerError, match=r"received no answer within 5 s \(timed out\)"):
        RayPool(2, "192.0.2.1:6379")


def test_what_a_worker_raised_is_found_in_what_ray_says():
    said = (
        "\x1b[36mray::MapWorker.submit()\x1b[39m (pid=1)\n  File x, line 1\n"
        "ModuleNotFoundError: No module named 'rallybook'\n\nray.exceptions.UserCodeException: UDF failed.\n"
    )
    assert ray._last_error(said) == "ModuleNotFoundError: No module named 'rallybook'"
    assert ray._last_error("") == "an error without words"
