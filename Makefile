# Two commands do all: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: run test page check docs bench lint types floors unit packs wheel clean

run: $(INSTALLED)
	$(BIN)/morava run serbia

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Morava needs Python 3.11 or newer: make run PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

test: lint types floors unit packs wheel

# The page: needs node and Chromium, which users do not. The bundle is rebuilt and compared, then every screen is driven.
page: $(INSTALLED)
	cd frontend && npm ci --silent && npm run check && npm test
	$(BIN)/python frontend/compare_bundle.py
	$(BIN)/pytest -o pythonpath=frontend/screens frontend/screens

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy

floors: $(INSTALLED)
	$(BIN)/lint-imports

unit: $(INSTALLED)
	$(BIN)/pytest --numprocesses 2 --dist loadfile

packs: check

check: $(INSTALLED)
	$(BIN)/morava check ruritania
	$(BIN)/morava check serbia

wheel: $(INSTALLED)
	$(BIN)/python tests/wheel.py

docs: $(INSTALLED)
	$(BIN)/python docs/reference/generate.py
	$(BIN)/python docs/reference/readme_table.py
	$(BIN)/python docs/reference/blocks.py

bench: $(INSTALLED)
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean:
	rm -rf .venv runs export dist frontend/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
