# `make run` tries it, `make test` tests it. Everything else is in CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup setup-dev run test check bench simulate demo-codes screenshot messages requirements format clean
.PHONY: check-lint check-types check-migrations check-translations

setup: ; @$(PYTHON) tools/bootstrap.py
setup-dev: ; @$(PYTHON) tools/bootstrap.py --dev

# The port first: setting up takes half a minute.
run:
	@$(PYTHON) tools/free_port.py
	@$(PYTHON) tools/bootstrap.py
	@exec $(BIN)/python tools/run.py

test: setup-dev
	@exec $(BIN)/python tools/test.py

# The four checks share two cores and print one after the other.
check: setup-dev
	@$(MAKE) --no-print-directory -j2 --keep-going --output-sync=target check-types check-lint check-migrations check-translations
check-lint:
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
check-types:
	@$(BIN)/mypy
check-migrations:
	@$(BIN)/python manage.py makemigrations --settings tests.settings --check --dry-run --verbosity 0 \
	  || { echo "A model has changed without its migration: run manage.py makemigrations." >&2; exit 1; }
check-translations:
	@$(BIN)/python tools/translations.py check

# For the demo: more co-workers (N of them), and the six-digit codes of this minute.
simulate: setup
	@exec $(BIN)/python tools/simulate.py $(or $(N),25)
demo-codes:
	@exec $(PYTHON) tools/demo_codes.py

bench: setup-dev
	@exec $(BIN)/python -m tests.load.bench

screenshot: setup-dev
	@exec $(BIN)/python tools/screenshot.py

# Mends what can be mended without thought.
format: setup-dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

messages: setup-dev
	@$(BIN)/python -m django makemessages --locale=es --locale=ar --no-location --ignore=node_modules --ignore=.venv

# Compile with the oldest Python that is supported, so that its backports are in the list.
requirements: setup
	@$(PYTHON) tools/requirements.py

clean:
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache
