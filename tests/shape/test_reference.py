import importlib.util

import typer
from source import ROOT

from rallybook.cli.app import app

_REFERENCE = ROOT / "docs" / "reference"


def _generated():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


def test_the_reference_is_what_the_code_says_now():
    # `make docs` writes it anew
    for name, text in _generated().items():
        assert (_REFERENCE / name).read_text(encoding="utf-8") == text, name


def test_every_verb_and_option_is_in_the_reference():
    page = (_REFERENCE / "cli.md").read_text(encoding="utf-8")
    for verb, command in typer.main.get_command(app).commands.items():
        assert f"## rallybook {verb}\n" in page
        section = page.split(f"## rallybook {verb}\n")[1].split("\n## ")[0]
        for parameter in command.params:
            assert parameter.help, f"{verb} {parameter.name}"
            name = (
                parameter.opts[0]
                if parameter.opts[0].startswith("-")
                else parameter.metavar.replace("|", "\\|")
            )
            assert f"| `{name}" in section, name
