"""What the documents tell users to type must be there."""

import re
import shlex

import pytest
import typer
from source import ROOT

from rallybook.cli.app import app

_PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
# blocks of every language, so that the end of one is not taken for the beginning of another
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SHELLS = {"", "sh", "bash", "console"}
_COMMAND = re.compile(r"(?:^|[|;]|&&)\s*(?:\$ )?((?:\.venv/bin/)?rallybook [^|;&<>#\n]+|make [a-z].*)")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def _commands():
    for page in _PAGES:
        for language, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in block.replace("\\\n", " ").splitlines() if language in _SHELLS else ():
                yield from ((page.name, found) for found in _COMMAND.findall(line))


@pytest.mark.parametrize(("page", "command"), list(_commands()))
def test_every_command_in_a_document_can_be_typed(page, command):
    program, *words = shlex.split(command, comments=True)
    if program == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert set(words) <= set(targets), page
        return
    root = typer.main.get_command(app)
    verb = root.commands.get(words[0])
    known = {option for part in (verb or root).params for option in part.opts} | {"--help", "-h"}
    assert verb or words[0] in known, page
    assert {word.split("=")[0] for word in words if word.startswith("-") and word != "-"} <= known, page


def test_the_documents_show_commands():
    assert {page for page, _ in _commands()} >= {"README.md"}


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    gone = [
        target
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert gone == []
