import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def test_a_room_uses_only_what_lies_below_it():
    # in a process of its own: import-linter silences the loggers that are there
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    found = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
