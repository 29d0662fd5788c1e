# make run    the app, in a virtual environment of its own
# make test   everything the tests need, then the tests
# make check  what CI runs: lint and test
# make bench  speed, measured
# make load   thirty people at once

PYTHON ?= python3
VENV ?= .venv
# Least share of capsnet and explorer, in percent, that the tests without a browser run through.
FLOOR := 97
# Two processes share the tests, file by file, those with slow tests first (tests/conftest.py). One that crashes ends the
# run, which has then failed; pytest-xdist would start another in its place, and can wait for it without end.
SHARED := -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.PHONY: run test lint check bench load browser

run: $(VENV)/.app
	$(BIN)/streamlit run explorer/app.py

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest --ignore tests/browser $(SHARED) --cov --cov-fail-under=$(FLOOR)
	$(BIN)/python -m pytest tests/browser $(SHARED)

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

bench: $(VENV)/.dev browser
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only --timeout=0 -s

load: $(VENV)/.app
	$(BIN)/python -m tools.load

browser: $(VENV)/.dev
	$(BIN)/python -m tools.browser

$(VENV)/.app: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.app
	$(BIN)/python -m pip install -e ".[dev]"
	touch $@
