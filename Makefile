# The five words of this project: site, check, test, bench, clean (and serve, to look at the site).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
EDITORS := node_modules/ready

.PHONY: site check serve test bench clean driver

site: $(READY)
	@$(BIN)/kadernota build

check: $(READY)
	@$(BIN)/kadernota check

serve: $(READY)
	@$(BIN)/kadernota serve

test: $(READY) $(EDITORS)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/turtlefmt --check ontology shapes data
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest -n auto --dist worksteal

bench: $(READY)
	@$(BIN)/python benchmarks/bench.py

clean:
	rm -rf build $(VENV) node_modules

# Set up once; without a change in these two files nothing is fetched again.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@$(MAKE) --silent driver
	@touch $@

# Let git merge our YAML by key. Whatever fails, git merges the lines as it always did; outside git
# there is nothing to set up.
driver:
	@top=$$(git rev-parse --show-prefix 2>/dev/null) && git config merge.kadernota.driver \
	  '"$(abspath $(BIN))/kadernota" --map "./'"$$top"'" merge %O %A %B %P %L; r=$$?; \
	  [ $$r = 0 ] || [ $$r = 3 ] && exit $$r; \
	  git merge-file -q --marker-size=%L -L "deze kant" -L basis -L "andere kant" %A %O %B' || true

# What the tests need from npm. The site needs none of it; without npm those tests skip and say so.
$(EDITORS): package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund && touch $@; \
	else echo "No npm here: the tests with what npm brings are skipped."; fi
