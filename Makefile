# Every target sets itself up: the virtual environment and the model files are real dependencies.
PYTHON ?= python3.11
INPUT ?= seeds
OUTPUT ?= corpus
CONFIG ?=
WORKERS ?= 0
ARTICLES ?= 1000
EXAMPLES ?= 5000
DATA ?=
NIGHTLY ?= nightly.toml
FROM ?=
TO ?=
ROUNDS ?= 25
VENV := .venv
RUN := $(VENV)/bin/python
MORPHOLOGY := $(or $(WARRAQ_MODELS),models)/morphology/almor-msa-r13.arrow
KNOWN_WORDS := $(dir $(MORPHOLOGY))known-words.arrow
# torch goes first and by itself: asked for by another package, it would come with its GPU libraries.
TORCH := $(shell grep '^torch==' requirements.txt)

.DEFAULT_GOAL := help
.PHONY: help setup models corpus report nightly backfill compact audit chaos test check evaluate bench fuzz lint doctor dictionary docs train wheel image requirements clean clean-all

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "INPUT=$(INPUT) OUTPUT=$(OUTPUT) WORKERS=$(WORKERS) CONFIG=$(CONFIG)"

setup: $(VENV)/.installed ## make the virtual environment with the pinned packages

$(VENV)/.installed: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: install it, or name it with PYTHON=" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "$(PYTHON) is not Python 3.11: name one with PYTHON=" >&2; exit 2; }
	test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check $(TORCH)
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

models: setup ## fetch and convert the morphology database, if it is missing or damaged
	@$(RUN) -m pipeline models

$(MORPHOLOGY): pipeline/morphology.py | $(VENV)/.installed
	$(RUN) -m pipeline models
	@touch $@

# What set-up makes of the taggers: words are analysed ahead by the code as it is, when it changes, anew.
$(KNOWN_WORDS): $(MORPHOLOGY) $(wildcard models/*/tagger.* models/*/vectors.pt) models/pos/words.txt $(wildcard transforms/*.py)
	@$(RUN) -m pipeline models
	@touch $@

corpus: setup $(KNOWN_WORDS) ## annotate INPUT into OUTPUT
	@$(RUN) -m pipeline run $(INPUT) --output $(OUTPUT) --workers $(WORKERS) $(if $(CONFIG),--config $(CONFIG))

report: setup ## show the corpus OUTPUT on one page
	@$(RUN) -m pipeline report --corpus $(OUTPUT)

nightly: setup $(KNOWN_WORDS) ## annotate what is new or changed, as NIGHTLY (a TOML file) says
	@$(RUN) -m pipeline nightly --config $(NIGHTLY)

backfill: setup $(KNOWN_WORDS) ## the same, and annotate again what was published FROM one day TO another
	@test -n "$(FROM)" -a -n "$(TO)" || { echo "name the days: make backfill FROM=2026-01-01 TO=2026-01-31" >&2; exit 2; }
	@$(RUN) -m pipeline backfill --from $(FROM) --to $(TO) --config $(NIGHTLY)

compact: setup $(MORPHOLOGY) ## put the corpus of NIGHTLY into few large files
	@$(RUN) -m pipeline compact --config $(NIGHTLY)

audit: setup ## see whether every input file of NIGHTLY is accounted for
	@$(RUN) -m pipeline audit --config $(NIGHTLY)

chaos: setup $(KNOWN_WORDS) ## kill, starve and confuse the nightly run ROUNDS times; nothing may be lost
	@$(RUN) -m tests.chaos --rounds $(ROUNDS) --worlds $(WORKERS)

# A file of tests at a time to each core: its tests share fixtures, and some build on each other.
test: setup $(MORPHOLOGY) ## run all tests
	@$(RUN) -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile

lint: setup ## check style and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(VENV)/bin/hadolint Dockerfile

evaluate: OUTPUT = evaluation
evaluate: setup $(MORPHOLOGY) ## measure cleaning beside other tools, and every layer of annotation (on DATA, too)
	@$(RUN) -m tests.cleaning --pages
	@$(RUN) -m tests.evaluation $(DATA) --output $(OUTPUT)

bench: OUTPUT = bench
bench: setup $(KNOWN_WORDS) ## compare our speed with a plain script's over ARTICLES articles of DATA
	@$(RUN) -m tests.bench --articles $(ARTICLES) $(if $(DATA),--data $(DATA)) --workers $(WORKERS) --output $(OUTPUT)

fuzz: setup ## feed hostile files to reading and cleaning, EXAMPLES of each kind
	@FUZZ_EXAMPLES=$(EXAMPLES) $(RUN) -m pytest tests/fuzz

check: lint test ## lint and test: what continuous integration runs

doctor: setup ## say what is installed, what is missing and what mends it
	@$(RUN) -m pipeline doctor

dictionary: setup ## write the data dictionary and the list of errors from the code
	@$(RUN) -m pipeline dictionary > docs/data-dictionary.md
	@$(RUN) -m pipeline errors > docs/errors.md

docs: setup ## build the documentation as a site, in site/
	@NO_MKDOCS_2_WARNING=1 $(RUN) -m mkdocs --quiet build --strict
	@echo site/index.html

train: setup $(MORPHOLOGY) ## train both taggers anew on the folder DATA: a night's work
	@test -n "$(DATA)" || { echo "name the folder of the training data: make train DATA=FOLDER" >&2; exit 2; }
	@$(RUN) -m models train-ner --data $(DATA)
	@$(RUN) -m models train-pos --data $(DATA)

wheel: setup ## build the wheel for the workers of a cluster: dist/warraq-….whl
	rm -rf build dist  # of a file that is gone, a copy would stay
	$(RUN) -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@ls dist/*.whl

image: wheel ## build the image of a worker for Flink, Spark and Dataflow (needs Docker)
	docker build --tag warraq-worker .

requirements: ## pin requirements.in and requirements-dev.in anew into requirements.txt
	rm -rf .venv-pins
	$(PYTHON) -m venv .venv-pins
	.venv-pins/bin/python -m pip install --quiet $$(grep -o '^torch==[0-9.]*' requirements.in)
	.venv-pins/bin/python -m pip install --quiet -r requirements.in -r requirements-dev.in
	{ echo '# Made by `make requirements` from requirements.in and requirements-dev.in: all that they bring.'; \
	  .venv-pins/bin/python -m pip freeze | sed 's/+cpu$$//'; } > requirements.txt
	rm -rf .venv-pins

clean: ## remove caches; the corpus stays
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

clean-all: clean ## remove the virtual environment and the morphology database too
	rm -rf $(VENV) models/morphology
