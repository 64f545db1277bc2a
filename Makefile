# The five words of this project: site, check, test, bench, clean (and serve, to look at the site).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: site check serve test bench clean

site: $(READY)
	@$(BIN)/kadernota build

check: $(READY)
	@$(BIN)/kadernota check

serve: $(READY)
	@$(BIN)/kadernota serve

test: $(READY)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/turtlefmt --check ontology shapes data
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest

bench: $(READY)
	@$(BIN)/python benchmarks/bench.py

clean:
	rm -rf build $(VENV)

# Set up once; without a change in these two files nothing is fetched again.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@
