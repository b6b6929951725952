import importlib.util
import json

import pytest
from typer.testing import CliRunner

from rallybook.cli.app import app

CODEBOOK = (
    "version: 1\nname: boats\nforms:\n  walk: on foot\n  sail: in boats\nroles:\n  crews: who takes part\n"
)
ARTICLE = {
    "text": "Fishers from {0} marched through {0} on Sunday. Later the ferry {1} sailed in protest around the bay.",
    "events": [
        {"form": "walk", "trigger": "marched", "quote": "Fishers from {0} marched through {0} on Sunday."},
        {
            "form": "sail",
            "trigger": "sailed in protest",
            "quote": "Later the ferry {1} sailed in protest around",
        },
    ],
}
PLACES = (
    "Oban",
    "Skye",
    "Leith",
    "Wick",
    "Thurso",
    "Ayr",
    "Largs",
    "Troon",
    "Mallaig",
    "Ullapool",
    "Kyle",
    "Perth",
)


@pytest.fixture
def rallybook():
    """Runs the command line in this process with the coders that there are."""

    def run(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def files(tmp_path):
    codebook, data = tmp_path / "codebook.yaml", tmp_path / "articles.jsonl"
    codebook.write_text(CODEBOOK)
    rows = [
        json.dumps({"id": f"{place} {boat}", **ARTICLE}).replace("{0}", place).replace("{1}", boat)
        for place in PLACES
        for boat in ("Iona", "Lewis", "Harris")
    ]
    data.write_text("\n".join([*rows, "nonsense"]))
    return codebook, data


# torch warns of its own exporter
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_a_model_can_be_trained_and_read_with(rallybook, files, tmp_path):
    pytest.importorskip("torch", reason="needs the extra train")
    pytest.importorskip("onnx", reason="needs the extra train")
    codebook, data = files
    out = tmp_path / "model"
    result = rallybook("train", data, "--out", out, "--codebook", codebook, "--epochs", 2)
    assert result.exit_code == 1, result.output
    assert "line 37: received 'nonsense'" in result.stderr
    assert "form: right" in (out / "README.md").read_text()
    text = tmp_path / "new.txt"
    text.write_text("Fishers from Barra marched through Barra on Sunday.")
    coded = rallybook("code", text, "--model", out, "--format", "jsonl")
    assert json.loads(coded.stdout)["events"][0]["own"]["form"] in ("walk", "sail")


def test_without_the_extra_it_says_what_to_install(rallybook, files, tmp_path):
    if importlib.util.find_spec("torch"):
        pytest.skip("the extra train is here")
    result = rallybook("train", files[1], "--out", tmp_path / "model", "--codebook", files[0])
    assert result.exit_code == 2
    assert "pip install torch==2.13.0" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--epochs", "0"), "--epochs: received '0'"), (("--seed", "-1"), "--seed: received '-1'")],
)
def test_wrong_numbers_are_usage_errors(rallybook, files, tmp_path, options, said):
    result = rallybook("train", files[1], "--out", tmp_path / "model", *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_folder_without_a_model_is_a_usage_error(rallybook, files, tmp_path):
    result = rallybook("code", files[1], "--model", tmp_path)
    assert result.exit_code == 2
    assert "a folder that rallybook train wrote" in result.stderr


@pytest.mark.parametrize(
    "asked",
    [("rules",), ("llm", "--llm-url", "http://127.0.0.1:9", "--llm-model", "m")],
    ids=lambda asked: asked[0],
)
def test_only_the_tagger_reads_by_a_model(rallybook, files, tmp_path, asked):
    result = rallybook("code", files[1], "--model", tmp_path, "--coder", *asked)
    assert result.exit_code == 2
    assert f"none with --coder {asked[0]}" in result.stderr
