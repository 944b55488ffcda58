# Everything runs in the project's own .venv; nothing else of the machine is used
# but python3.11 (or PYTHON=…), git and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test test-all test-pythons snapshots pictures check lock wheel clean

# 5 says that product bugs were found: the example has two, so that is the good end.
demo: $(STAMP)
	@$(BIN)/itc demo; code=$$?; test $$code -eq 5 || exit $$code

# Side by side: one after the other they take some ten minutes.
test: $(STAMP)
	$(BIN)/python -m pytest -q -m "not slow and not network" -n logical --maxprocesses 4 --dist worksteal

test-all: $(STAMP)
	$(BIN)/python -m pytest -q

test-pythons:
	.ci/pythons

# What the panes paint, written anew; look at the diff before it is committed.
snapshots: $(STAMP)
	ITC_WRITE_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/ui/test_snapshots.py

# The README's, from the recorded session; Chromium draws them.
pictures: $(STAMP)
	$(BIN)/python docs/pictures.py

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

wheel: $(STAMP)
	$(BIN)/python -m build --no-isolation --wheel

# Versions and hashes only: no address of a registry may stand in a lock.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install -q uv
	$(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --extra dev \
	  -o requirements/dev.txt pyproject.toml
	rm -rf $(VENV)-lock

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

clean:
	rm -rf $(VENV) .venvs dist build
