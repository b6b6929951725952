"""What is committed as built is what the sources give."""

import itertools
import json
import shutil
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_STATIC = _ROOT / "src" / "rallybook" / "server" / "web" / "static"
# made by web/basemap.py from data, not by esbuild from sources
_DATA = {"basemap.pmtiles", "cities.json"}
_SOURCES = ("package.json", "package-lock.json", "build.mjs", "licences.mjs")
# npm's words for a registry that is out of reach
_UNREACHABLE = ("ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ETIMEDOUT", "network")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """The assets, built anew from the lock file."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        pytest.skip("Node and npm are not installed")
    folder = tmp_path_factory.mktemp("web")
    for name in _SOURCES:
        shutil.copy(_ROOT / "web" / name, folder)
    for name in ("src", "licences"):
        shutil.copytree(_ROOT / "web" / name, folder / name)
    install = _run(
        npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", folder=folder
    )
    if install.returncode and any(word in install.stderr for word in _UNREACHABLE):
        pytest.skip("npm's registry cannot be reached")
    assert install.returncode == 0, install.stderr
    build = _run(node, "build.mjs", "built", folder=folder)
    assert build.returncode == 0, build.stderr
    return folder / "built"


def test_the_committed_assets_are_those_that_the_sources_give(rebuilt):
    committed = {file.name for file in _STATIC.iterdir()} - _DATA
    assert committed == {file.name for file in rebuilt.iterdir()}
    differing = [
        name for name in sorted(committed) if (_STATIC / name).read_bytes() != (rebuilt / name).read_bytes()
    ]
    assert differing == [], "run `npm ci && npm run build` in web/, and commit what it gives"


def test_no_asset_leads_to_another_machine():
    # links of licences and of namespaces are no requests
    code = (_STATIC / "page.css").read_text(encoding="utf-8") + (_STATIC / "map.css").read_text(
        encoding="utf-8"
    )
    assert "url(http" not in code
    assert "@import" not in code


def test_the_licences_of_what_is_bundled_are_there_in_full():
    texts = (_STATIC / "licences.txt").read_text(encoding="utf-8")
    for name in json.loads((_ROOT / "web" / "package.json").read_text(encoding="utf-8"))["dependencies"]:
        title, rule = next(
            pair for pair in itertools.pairwise(texts.splitlines()) if pair[0].startswith(f"{name} ")
        )
        assert rule == "-" * len(title)
    assert texts.count("WITHOUT WARRANTY") + texts.count("AS IS") >= 20


def test_the_data_of_the_map_is_there():
    assert (_STATIC / "basemap.pmtiles").read_bytes().startswith(b"PMTiles")


def _run(*command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=240)
