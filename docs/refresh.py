"""Runs the commands named in README and docs and puts their output into the block below: `python docs/refresh.py`.

A block is refreshed where a comment `<!-- output of: COMMAND -->` stands before it. COMMAND is run by the shell in
the folder of the project, with the command `rallybook` and this Python at hand.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "docs/tutorial.md")
BLOCK = re.compile(r"(<!-- output of: (?P<command>.+?) -->\n\n```\w*\n)(?P<shown>.*?)(?=^```$)", re.S | re.M)


def main() -> None:
    """Refresh all pages and name those that changed."""
    for name in PAGES:
        page = ROOT / name
        text = page.read_text(encoding="utf-8")
        fresh = BLOCK.sub(lambda block: block[1] + output(block["command"]), text)
        if fresh != text:
            page.write_text(fresh, encoding="utf-8")
            sys.stdout.write(f"{name}\n")


def output(command: str) -> str:
    """Give what a command prints, each line without blanks at its end; raises where it fails."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    run = subprocess.run(  # noqa: S602 - the commands are those of our own pages
        command,
        shell=True,
        cwd=ROOT,
        env={**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return "".join(f"{line.rstrip()}\n" for line in run.stdout.strip("\n").splitlines())


if __name__ == "__main__":
    main()
