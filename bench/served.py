"""A server in a process of its own, to be asked at 127.0.0.1, and what it takes."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_SERVE = "import sys; from rallybook.cli.app import run; sys.argv[0] = 'rallybook'; run()"


@contextlib.contextmanager
def served(path: Path) -> Iterator[tuple[int, int]]:
    """Serve a book; give the port and the process."""
    port = free_port()
    with running(
        [sys.executable, "-c", _SERVE, "serve", "--port", str(port), "--book", str(path)], port
    ) as process:
        yield port, process


@contextlib.contextmanager
def running(command: Sequence[str], port: int, environment: dict[str, str] | None = None) -> Iterator[int]:
    """Start a server, wait until it listens at a port, give its process, and stop it."""
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | (environment or {})
    )
    try:
        while server.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """Give a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def cpu_of(process: int) -> float:
    """Give the seconds of CPU that a process has had."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(process: int) -> float:
    """Give the MiB that a process holds."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
