# Dragoman's commands. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3.11
VENV ?= .venv
OUT ?= out
BIN := $(VENV)/bin
LEDGER := $(OUT)/examples.duckdb
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq --no-input

# One thread a process: the numerical libraries otherwise start one a core in every worker.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help run test check format bench gate lock clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | awk -F '\t' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(VENV)/.run ## Install, read the examples into a ledger, show what was found, verify it
	@mkdir -p $(OUT) && rm -f $(LEDGER) $(LEDGER).wal
	@$(BIN)/dragoman read examples --output $(LEDGER)
	@for table in events positions measures figures; do $(BIN)/dragoman show $$table --ledger $(LEDGER) --limit 12; done
	@$(BIN)/dragoman verify $(LEDGER)

test: $(VENV)/.test ## Run the default tests (not slow, browser or ray)
	@$(BIN)/python -m pytest

check: $(VENV)/.test ## Lint, formatting, types and import directions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.test ## Put the code into the house format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.test ## Articles a second, and the pipeline's time over spaCy's own
	@$(BIN)/python evaluation/bench.py

gate: $(VENV)/.test ## Score the gold files; fails under the floors of evaluation/baseline.json
	@$(BIN)/python evaluation/gate.py

lock: $(VENV)/.test ## Compile requirements/*.txt again (hashes, no index addresses)
	@$(PIP) install uv
	@cd requirements && ./compile "$(abspath $(BIN))/uv"

clean: ## Remove what these commands made, the environment included
	@rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.build: requirements/build.txt
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) not found; install Python 3.11 or say: make PYTHON=python3" >&2; exit 2; }
	@echo "Making $(VENV)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --no-compile --require-hashes --upgrade -r requirements/build.txt
	@touch $@

$(VENV)/.run: $(VENV)/.build requirements/run.txt pyproject.toml
	@echo "Installing what the package needs (a few minutes the first time)" >&2
	@$(PIP) install --no-compile --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@echo "Installing what the tests need" >&2
	@$(PIP) install --no-compile --require-hashes -r requirements/test.txt
	@touch $@
