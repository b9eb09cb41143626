# The two commands most people need: `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-fast lint format bench migrations-check lock messages catalogs clean

PORT ?= 8000
CASES ?= 1200
SEED ?= 1
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
COMPILE := $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml
DEMO := CASEWORK_MODE=demo $(PY) manage.py
TEST := CASEWORK_MODE=test $(PY)

help:
	@echo "make demo              the site with a made-up agency, on http://127.0.0.1:$(PORT) (PORT= changes it)"
	@echo "make demo-reset        the same, from scratch"
	@echo "make test              everything the tests need, then the whole suite"
	@echo "make lint              style, types, floors, templates, migrations, deployment checks"
	@echo "make bench             what the pages cost (PostgreSQL); BENCH_LARGE=1 adds a million cases"
	@echo "make format            let ruff put the code in shape"
	@echo "make migrations-check  models and migrations agree"
	@echo "make messages          collect the texts to translate, compile the translations"
	@echo "make lock              compile requirements*.txt from pyproject.toml"

# --- Environment -----------------------------------------------------------------------

$(PY):
	@sh .ci/venv $(VENV)

$(VENV)/.installed: requirements.txt | $(PY)
	@echo "Installing what the site needs (once; a minute or two) …"
	@test -f $(VENV)/.installed-dev || $(PIP) install -qq --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(PY)
	@echo "Installing what the tests need (once; a few minutes) …"
	@$(PIP) install -qq --require-hashes -r requirements-dev.txt
	@touch $@

# --- Demo ------------------------------------------------------------------------------

demo: $(VENV)/.installed
	@exec env $(DEMO) run_demo --port $(PORT) --cases $(CASES) --seed $(SEED)

demo-reset: $(VENV)/.installed
	@exec env $(DEMO) run_demo --port $(PORT) --cases $(CASES) --seed $(SEED) --reset

# --- Checks ----------------------------------------------------------------------------

test: $(VENV)/.installed-dev
	@bash .ci/test

test-fast: $(VENV)/.installed-dev
	@$(TEST) -m pytest -q -n auto -m "not browser"

lint: $(VENV)/.installed-dev
	@bash .ci/lint

format: $(VENV)/.installed-dev
	@$(VENV)/bin/ruff check --fix -q . ; $(VENV)/bin/ruff format -q .

migrations-check: $(VENV)/.installed-dev
	@$(TEST) manage.py makemigrations --check --dry-run

bench: $(VENV)/.installed-dev
	@$(TEST) -m bench
	@$(TEST) -m bench.protection
	@$(TEST) -m bench.directory 100000

# --- Texts and locks -------------------------------------------------------------------

# Needs gettext. The compiled catalogs are kept with the code: a demo needs only Python and make.
messages: $(VENV)/.installed-dev
	@$(TEST) manage.py makemessages --locale es --no-location --no-wrap --no-obsolete \
		--ignore .venv --ignore tests --ignore bench --ignore var --ignore staticfiles
	@$(MAKE) -s catalogs

catalogs: $(VENV)/.installed-dev
	@$(TEST) manage.py compilemessages --locale es --ignore .venv

lock: $(VENV)/.installed-dev
	@$(COMPILE) -o requirements.txt
	@$(COMPILE) --group dev -o requirements-dev.txt

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache staticfiles
