# Needs Python 3.11 or newer, make and git; everything else is installed into .venv. `make` alone lists what there is to do.

VENV := .venv
PY := $(VENV)/bin/python
UV_INSTALL := $(VENV)/bin/uv pip install --quiet --python $(PY)
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 $(UPGRADE) pyproject.toml

# The stamps tell of an environment; without it they tell nothing.
$(shell [ -x $(PY) ] || rm -rf .stamps)

# Tests start many processes, and each would compile the product again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test unit check check-format check-lint check-types check-imports check-own check-spec check-web bench lighthouse coverage-of-spec permissions api format lock web clean

help:
	@echo "make demo [PORT=8080]     the whole product with a demo practice, in a browser"
	@echo "make test [ARGS=...]      all tests; ARGS goes to pytest"
	@echo "make unit                 the tests that need no server, browser or second process, in seconds"
	@echo "make check                formatter, linter, types, import rules and our own rules"
	@echo "make bench [ARGS=...]     measure"
	@echo "make lighthouse [URL=...] score a page of a running Pawline as a mid-range phone sees it; needs a quiet machine"
	@echo "make coverage-of-spec     numbered lines of the specification that no test names; ARGS='--only AL-22..33'"
	@echo "make permissions          write docs/permissions.md anew from the code"
	@echo "make api                  write web/openapi.json and the browser's types anew from the code"
	@echo "make format               format everything"
	@echo "make lock [UPGRADE=-U]    write the requirements files anew from pyproject.toml"
	@echo "make clean                remove what make made; data/ stays"

# A port given to make itself wins over one that stands in the environment.
demo: .stamps/package
	@$(PY) hatch_build.py
	@exec env $(if $(findstring command,$(origin PORT)),PAWLINE_PORT=$(PORT)) $(VENV)/bin/pawline demo

test: .stamps/dev
	@sh tools/install_chromium.sh
	@$(PY) hatch_build.py
	@PY=$(PY) sh tools/run_tests.sh $(ARGS)

unit: .stamps/dev
	@$(PY) -m pytest src tools bench -m "not server and not slow" -p no:schemathesis -p no:faker --numprocesses=2 --dist=worksteal $(ARGS)

check: .stamps/dev
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target \
		check-types check-web check-format check-lint check-imports check-own check-spec
	@echo "make check: all passed"

check-format:
	@$(VENV)/bin/ruff format --check .

check-lint:
	@$(VENV)/bin/ruff check .

check-types:
	@$(VENV)/bin/basedpyright

check-imports:
	@$(VENV)/bin/lint-imports --no-logo

check-own:
	@$(PY) -m tools.checks

check-spec:
	@$(PY) -m tools.coverage_of_spec --require tests/spec_required.txt

check-web:
	@$(PY) hatch_build.py run check
	@$(PY) hatch_build.py run lint

bench: .stamps/dev
	@$(PY) hatch_build.py
	@$(PY) -m bench $(ARGS)

lighthouse: .stamps/dev
	@CHROME_PATH=$$(command -v chromium) $(PY) hatch_build.py exec --yes --ignore-scripts -- lighthouse@13.5.0 $(or $(URL),http://127.0.0.1:8080/owner) \
		--quiet --output=json --output=html --output-path=/tmp/lighthouse --only-categories=performance,accessibility,best-practices \
		--chrome-flags="--headless=new --no-sandbox --disable-gpu" $(ARGS)
	@$(PY) -c 'import json; found = json.load(open("/tmp/lighthouse.report.json"))["categories"].values(); \
		[print(each["title"], round(100 * each["score"])) for each in found]'
	@echo "The report is /tmp/lighthouse.report.html"

coverage-of-spec: .stamps/venv
	@$(PY) -m tools.coverage_of_spec $(ARGS)

permissions: .stamps/package
	@$(PY) -m tools.generate_permissions

api: .stamps/package
	@$(PY) -m tools.generate_api
	@$(PY) hatch_build.py run types

format: .stamps/dev
	@$(VENV)/bin/ruff check --fix --quiet . || true
	@$(VENV)/bin/ruff format .
	@$(PY) hatch_build.py run format

web: .stamps/venv
	@$(PY) hatch_build.py

lock: .stamps/venv
	@$(COMPILE) --group dev --output-file requirements-dev.lock
	@$(COMPILE) --constraints requirements-dev.lock --output-file requirements.lock
	@$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 $(UPGRADE) \
		--group build --constraints requirements-dev.lock --output-file requirements-build.lock

clean:
	rm -rf $(VENV) .stamps web/node_modules src/pawline/web_dist dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# Each stamp stands for a finished step; they follow one another, because two installs at once would trip over each other.
.stamps/venv: tools/make_venv.sh requirements-build.lock
	@sh tools/make_venv.sh
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-build.lock
	@mkdir -p .stamps && touch $@

.stamps/run: requirements.lock .stamps/venv
	@$(UV_INSTALL) --require-hashes --requirement requirements.lock
	@touch $@

.stamps/package: pyproject.toml hatch_build.py .stamps/run
	@$(UV_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.stamps/dev: requirements-dev.lock .stamps/package
	@$(UV_INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@
