# make run    the app, in a virtual environment of its own
# make test   everything the tests need, then the tests
# make check  what CI runs: lint and test
# make bench  speed, measured
# make fuzz   what strangers may send, to each door
# make audit  known holes of the libraries, where their database can be reached
# make load   thirty people at once (python -m tools.load --replicas 2: through nginx)
# make faults kills, files that change, a server that is started anew
# make failover   two replicas behind nginx, one of which is killed
# make browsers   a person's first steps in Firefox and WebKit
# make manifests  the files of deploy/ and the Dockerfile, checked by their schemas

PYTHON ?= python3
VENV ?= .venv
# Least share of capsnet and explorer, in percent, that the tests without a browser run through.
FLOOR := 97
# Processes share the tests, file by file, those with slow tests first (tests/conftest.py): two, or three where a browser
# is mostly waited for. One that crashes ends the run, which has then failed; pytest-xdist would start another in its
# place, and can wait for it without end.
SHARED := --dist loadfile --no-loadscope-reorder --max-worker-restart 0
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

.PHONY: run test lint check bench load faults fuzz audit browser failover browsers manifests

run: $(VENV)/.app
	$(BIN)/streamlit run explorer/app.py

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest --ignore tests/browser -n 2 $(SHARED) --cov --cov-fail-under=$(FLOOR)
	$(BIN)/python -m pytest tests/browser -n 3 $(SHARED)

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

bench: $(VENV)/.dev browser
	$(BIN)/python -m pytest tests/benchmarks --benchmark-only --timeout=0 -s

load: $(VENV)/.app
	$(BIN)/python -m tools.load

fuzz: $(VENV)/.dev
	$(BIN)/python -m tools.fuzz

# In an environment of its own. Strict: a library whose holes nobody knows about is no library without.
audit:
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install -q pip-audit==2.10.1
	grep -v '^-e' requirements.txt > $(VENV)-audit/requirements.txt
	$(VENV)-audit/bin/pip-audit --strict --disable-pip --no-deps -r $(VENV)-audit/requirements.txt

faults: $(VENV)/.dev browser
	$(BIN)/python -m tools.faults

failover: $(VENV)/.dev browser
	$(BIN)/python -m tools.failover

browsers: $(VENV)/.dev
	$(BIN)/python -m pip install -q -e ".[browsers]"
	$(BIN)/python -m tools.browsers

manifests: $(VENV)/.dev
	$(BIN)/python -m pip install -q -e ".[deploy]"
	$(BIN)/kubernetes-validate --strict deploy/kubernetes/*.yaml
	! $(BIN)/kubernetes-validate --strict --quiet deploy/kubernetes/*.yaml | grep .  # no schema is but a warning to it
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml
	$(BIN)/hadolint Dockerfile

browser: $(VENV)/.dev
	$(BIN)/python -m tools.browser

$(VENV)/.app: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.app
	$(BIN)/python -m pip install -e ".[dev]"
	touch $@
