PYTHON ?= python3.11
# A small CPU build where the package index offers one; see README.md for other builds.
TORCH ?= torch==2.13.0
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test setup setup-dev weights index lint fast-test gate eval clean

run: setup weights index
	$(BIN)/python app.py

test: setup-dev weights index lint
	$(BIN)/python -m pytest

fast-test: setup-dev lint
	$(BIN)/python -m pytest -m "not integration and not browser"

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet "$(TORCH)"
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable .
# where OpenVINO has no build for a machine, torch and llama.cpp run the models
	-$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable ".[int8]"
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --editable ".[dev]"
	touch $@

weights: setup
	$(BIN)/python -m index.weights
	$(BIN)/python -m index.int8
	$(BIN)/python -m rag.conversion

index: weights
	$(BIN)/python -m index

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# no figure of the evaluation may fall below its floor: eval/floors.json
gate: setup-dev weights index
	$(BIN)/python -m eval gate

eval: setup weights index
	$(BIN)/python -m eval

clean:
	rm -rf $(VENV) build *.egg-info
