# From a fresh clone on a machine with Python 3.11+ and make: `make demo`, `make test`. Nothing else to set up.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/ready

# Tests run in one process for each core; those of one module stay together, because they share what is dear to make. In
# the order of the folders, so that the long ones do not come last and leave a core idle.
WORKERS ?= auto
PARALLEL := -n $(WORKERS) --dist loadscope --no-loadscope-reorder

.PHONY: help parts demo test quick watch check bench mutation format policy clean
help:  ## what there is to make
	@$(PYTHON) -c "import re; [print(f'make {m[1]:8} {m[2]}') for m in re.finditer(r'^(\w+):[^#\n]*## (.*)', open('Makefile').read(), re.M)]"

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(RUN) -c "import pathlib; pathlib.Path('$(READY)').touch()"

parts: $(READY)  ## the console's style, script and fonts, from the npm registry; without npm its pages are plain
	@$(RUN) -m gateway.console.assets.build || true

demo: parts  ## the main job on a sample world; EXIT=1 stops after it, LMIA=file takes a real open-LMIA list
	@$(RUN) -m gateway demo $(if $(EXIT),--exit) $(if $(LMIA),--lmia "$(LMIA)") $(if $(PORT),--port $(PORT))

test: parts  ## all tests; says which it left out where OPA, PostgreSQL, the shared data or a language is missing
	$(RUN) -m pytest $(PARALLEL) --durations=10 $(TESTS)

quick: $(READY)  ## style, types and unit tests but the thorough ones: before every commit, in under a minute
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest $(PARALLEL) -m "not thorough" tests/unit

watch: $(READY)  ## quick, again after every change of a file, until you end it
	$(VENV)/bin/watchfiles --filter python "make quick" gateway audit tests

check: $(READY)  ## style, types, layers, agreements, policies
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m gateway agreements check
	$(RUN) -m tests.policy_check

bench: $(READY)  ## what a disclosure costs, as ratios to a trivial route and to the source read directly
	$(RUN) -m tests.bench $(BENCH)

mutation: $(READY)  ## takes every condition out of every rule in turn; some test must fail each time (needs opa)
	$(RUN) -m tests.policy_mutation $(if $(ONLY),--only $(ONLY))

format: $(READY)
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

policy: $(READY)  ## rebuild policies/sharing.wasm (needs opa)
	$(RUN) -m tests.policy_check --rebuild

clean:  ## remove the environment and everything generated
	$(PYTHON) -c "import shutil; [shutil.rmtree(p, ignore_errors=True) for p in ('$(VENV)', '.mypy_cache', '.ruff_cache', '.hypothesis', 'var')]"
