# make sia    install what is missing, build, and make the pack from the shipped data
# make test   install what is missing and pass the tests
# make check  the heavier gates too: a fresh clone, coverage, planted mistakes, the notebooks, a round of fuzzing, Python, Spark, and sanitizers
# make python-wheel  a wheel of the Python package with the program in it
# make golden write what a reviewer reads of the packs (Tests/ReportingTests/Golden) anew, where a change is meant
# make examples build and run the examples of how another package uses the libraries
# make models write the files under Models/ into the program as its defaults
# make install put the built program, its manual pages, completions and units under PREFIX (DESTDIR before it); make uninstall
# make benchmarks measure again, beside the peers, what the model cards quote (hours); one or more: BENCHMARKS="hot-loops targets"
# make guide   run every command of the guide, and build it as pages
# make packaging build the Debian package and the bill of materials, and try them in a clean root

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: sia build test real-data check fresh coverage mutants fuzz alerts accessibility notebooks benchmarks lint examples golden models datasets dependencies \
  install uninstall packaging guide python python-packages python-wheel spark sanitizers

# What `horizon --version` says was built; nothing where there is no git.
export HORIZON_COMMIT ?= $(shell git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null)

PACKAGES := liblapack-dev libblas-dev libzip-dev zlib1g-dev libdeflate-dev libssl-dev libsqlite3-dev libxml2-dev libxlsxwriter-dev pkg-config
DATASET := Datasets/oxfordshire-simulated
OUT ?= pack

sia: build
	.build/release/horizon sia $(DATASET)/counts.csv --breaks $(DATASET)/breaks.yaml \
	  --title "Oxfordshire (simulated data)" --extraction-date "31 December 2025 (simulated)" --out $(OUT)

build: dependencies
	swift build -c release --product horizon

# One build for everything: the optimised program with its tests, which take a sixth of the time on it that they take without.
TESTED := -c release -Xswiftc -enable-testing --scratch-path .build/tests
test: lint dependencies
	swift build --build-tests $(TESTED)
	swift test --skip-build $(TESTED)
	$(MAKE) --no-print-directory examples
	$(MAKE) --no-print-directory real-data HORIZON=.build/tests/release/horizon

# The main job on real archives, where they lie beside the checkout: everything is written, and no byte depends on threads.
REAL := ../shared/data/police-uk
OXFORDSHIRE := Cherwell,Oxford,South Oxfordshire,Vale of White Horse,West Oxfordshire
HORIZON := .build/release/horizon
real-data: $(if $(findstring tests,$(HORIZON)),,build)
	@if [ ! -d $(REAL) ]; then echo "Skipped: no real data in $(REAL)."; exit 0; fi; \
	set -e; rm -rf .build/real-data; mkdir -p .build/real-data; cd .build/real-data; \
	horizon="$(CURDIR)/$(HORIZON)"; real="$(CURDIR)/$(REAL)"; \
	"$$horizon" sia "$$real"/four-forces-2018-01-to-2021-09.zip --out four-forces; \
	"$$horizon" sia "$$real"/four-forces-2018-01-to-2021-09.zip --out four-forces-1 --threads 1 --quiet; \
	diff -r four-forces four-forces-1; \
	"$$horizon" sia "$$real"/thames-valley-2018-06-to-2025-12.zip --areas "$(OXFORDSHIRE)" --out oxfordshire; \
	for f in index.html priorities.csv priorities.json risks.csv forecasts.csv exceptions.csv completeness.csv datapackage.json data-dictionary.html schemas/risks.csv.schema.json manifest.json; do \
	  test -s four-forces/$$f && test -s oxfordshire/$$f || { echo "no $$f"; exit 1; }; \
	done; \
	test $$(cut -d, -f1 four-forces/completeness.csv | sort -u | grep -vcE '^(source|all)$$') = 4; \
	test $$(grep -c ',absent,' four-forces/completeness.csv) = 3; \
	echo "Real data: both packs written whole; one thread and several give the same bytes."

# Of every library 85 of 100 lines are run by tests, and 90 of what gives the figures their meaning and their words; nine in ten mistakes planted there
# are caught (Tests/Mutants).
JUDGED := RiskRanking Assessment Tables Wording Reporting
LIBRARIES := $(filter-out HorizonCLI $(shell cd Sources && ls -d C[A-Z]*),$(notdir $(wildcard Sources/*)))
COVERED := -c release -Xswiftc -enable-testing --enable-code-coverage --scratch-path .build/coverage
coverage: dependencies
	rm -rf .build/coverage/release/codecov/
	swift test $(COVERED)
	Tests/Coverage/gather .build/coverage/release > .build/coverage/horizon.json
	Tests/Coverage/check --files .build/coverage/horizon.json 85 $(LIBRARIES)
	Tests/Coverage/check .build/coverage/horizon.json 90 $(JUDGED)

mutants: dependencies
	Tests/Mutants/run

check: fresh test coverage mutants notebooks fuzz alerts accessibility python spark packaging guide sanitizers

# The tests on an optimised program that watches its memory, and on one that watches its threads. Leaks are not looked for: XCTest itself
# leaks as it starts.
SANITIZED := -c release -Xswiftc -enable-testing
sanitizers: dependencies
	ASAN_OPTIONS=detect_leaks=0 swift test $(SANITIZED) --sanitize=address --scratch-path .build/address
	swift test $(SANITIZED) --sanitize=thread --scratch-path .build/thread

# The README's two commands in a clone of what is committed, in an empty directory.
fresh:
	rm -rf .build/fresh
	git clone --quiet . .build/fresh
	$(MAKE) --no-print-directory -C .build/fresh sia
	test -s .build/fresh/pack/index.html
	$(MAKE) --no-print-directory -C .build/fresh test

# A bounded round of fuzzing, with the seeds under Tests/Fuzzing; EXECUTIONS of each parser.
EXECUTIONS ?= 20000
fuzz: dependencies
	Tests/Fuzzing/run $(EXECUTIONS)

# Alerts killed at random points, and what they meet: mail servers, webhooks, Alertmanager, systemd.
KILLS ?= 200
alerts: build
	@$(MAKE) --no-print-directory dependencies PACKAGES="python3-venv curl prometheus-alertmanager systemd"
	python3 -m venv .build/alerts
	.build/alerts/bin/pip install --quiet -r Tests/Alerts/requirements.txt
	.build/alerts/bin/python Tests/Alerts/check --kills $(KILLS)

# axe on pages of every kind, of the shipped data, with the content-security policy on, at the width of a desk and of a phone; those of the
# workshop as they are served.
accessibility: build
	@$(MAKE) --no-print-directory dependencies PACKAGES="python3-venv chromium chromium-driver fonts-liberation"
	python3 -m venv .build/accessibility
	.build/accessibility/bin/pip install --quiet -r Tests/Accessibility/requirements.txt
	Tests/Accessibility/pages .build/release/horizon .build/accessibility/pages
	cd .build/accessibility/pages && ../bin/python ../../../Tests/Accessibility/check pack pack-of-two-months card annual charts pages \
	  --serve pack --horizon ../../release/horizon

# Runs the notebooks from top to bottom on a fresh pack, in a virtual environment of their own. None may hold outputs.
notebooks: build
	@$(MAKE) --no-print-directory dependencies PACKAGES="python3-venv r-base-core r-cran-surveillance"
	python3 -m venv .build/notebooks
	.build/notebooks/bin/pip install --quiet -r Notebooks/requirements.txt --editable Python
	.build/notebooks/bin/nbstripout --verify --keep-id Notebooks/*.ipynb
	.build/release/horizon sia $(DATASET)/counts.csv --breaks $(DATASET)/breaks.yaml --out .build/notebooks/pack --quiet
	HORIZON_BINARY=$(CURDIR)/.build/release/horizon HORIZON_PACK=$(CURDIR)/.build/notebooks/pack HORIZON_COUNTS=$(CURDIR)/$(DATASET)/counts.csv \
	  .build/notebooks/bin/python -m pytest -q -p no:cacheprovider --nbmake --nbmake-timeout=1200 Notebooks/*.ipynb

# The Python package: its style, its types and its tests, beside the program.
PYTHON := .build/python/venv/bin
python-packages:
	@$(MAKE) --no-print-directory dependencies PACKAGES=python3-venv
	python3 -m venv .build/python/venv
	$(PYTHON)/pip install --quiet --editable "Python[dev]"

python: build python-packages
	cd Python && ../$(PYTHON)/ruff format --check . && ../$(PYTHON)/ruff check . \
	  && ../$(PYTHON)/pyright --pythonpath ../$(PYTHON)/python
	cd Python && HORIZON_BINARY=$(CURDIR)/.build/release/horizon ../$(PYTHON)/pytest --quiet -m "not spark"

# The same on Spark: on executors that are processes of their own, on a master and worker over loopback, through Spark Connect.
spark: build python-packages
	@$(MAKE) --no-print-directory dependencies PACKAGES=openjdk-17-jre-headless
	@set -e; for mode in local-cluster standalone connect; do echo "Spark: $$mode"; \
	  (cd Python && HORIZON_SPARK=$$mode HORIZON_BINARY=$(CURDIR)/.build/release/horizon ../$(PYTHON)/pytest --quiet -m spark); done

# A wheel with the program and the libraries it needs in it.
python-wheel: build
	@$(MAKE) --no-print-directory dependencies PACKAGES=python3-venv
	Python/wheel/build

# What is measured beside the peers, kept with the day and the machine under Benchmarks/results; what has no data is left out.
BENCHMARKS :=
benchmarks: build
	swift build -c release --package-path Benchmarks
	@$(MAKE) --no-print-directory dependencies PACKAGES="python3-venv r-base-core r-cran-forecast r-cran-surveillance"
	python3 -m venv .build/benchmarks
	.build/benchmarks/bin/pip install --quiet -r Benchmarks/requirements.txt
	.build/benchmarks/bin/python Benchmarks/record.py $(if $(BENCHMARKS),--only $(BENCHMARKS))

lint:
	swift format lint --strict -r Sources Tests Examples/Sources Benchmarks/Sources Examples/Package.swift Benchmarks/Package.swift Package.swift

# A package of its own that uses the library products; what each example must have said is looked for in what it said.
said = .build/examples/debug/$(1) > .build/examples/$(1).txt && cat .build/examples/$(1).txt && grep -q '$(2)' .build/examples/$(1).txt
examples: dependencies
	@# A plan kept from before does not notice files that moved in the package depended on.
	@rm -f .build/examples/debug.yaml
	swift build --package-path Examples --scratch-path .build/examples
	@$(call said,ForecastASeries,^The theta model alone says [0-9]* for the next month)
	@$(call said,WriteAForecaster,got historic-average because it has a gap)
	@$(call said,FindAnException,^2023-12: spike of 91 against)

golden: dependencies
	HORIZON_RECORD_GOLDEN=1 swift test $(TESTED) --filter GoldenPackTests

models:
	./Models/embed.sh

datasets: build
	.build/release/horizon simulate oxfordshire --out $(DATASET)

# Where the parts of an installation lie. The program is built before, by whoever may: `make build && sudo make install`.
PREFIX ?= /usr/local
DESTDIR ?=
BINARY ?= .build/release/horizon
MANUAL := $(PREFIX)/share/man/man1
BASH_COMPLETIONS ?= $(PREFIX)/share/bash-completion/completions
ZSH_COMPLETIONS ?= $(PREFIX)/share/zsh/site-functions
FISH_COMPLETIONS ?= $(PREFIX)/share/fish/vendor_completions.d
UNITS ?= $(PREFIX)/lib/systemd/system
DOCUMENTS := $(PREFIX)/share/doc/horizon
install:
	@test -x $(BINARY) || { echo "There is no program at $(BINARY): run make build first."; exit 1; }
	Packaging/install $(BINARY) '$(DESTDIR)' '$(PREFIX)' '$(MANUAL)' '$(BASH_COMPLETIONS)' '$(ZSH_COMPLETIONS)' '$(FISH_COMPLETIONS)' '$(UNITS)' '$(DOCUMENTS)'

# What install puts there, and nothing else. The state of alerts is not touched.
uninstall:
	rm -f $(addprefix $(DESTDIR),$(PREFIX)/bin/horizon $(BASH_COMPLETIONS)/horizon $(ZSH_COMPLETIONS)/_horizon \
	  $(FISH_COMPLETIONS)/horizon.fish $(UNITS)/horizon-alert.service $(UNITS)/horizon-alert.timer $(UNITS)/horizon-alert-failed.service \
	  $(MANUAL)/horizon.1) $(DESTDIR)$(MANUAL)/horizon-*.1
	rm -rf $(DESTDIR)$(DOCUMENTS)
	@# Rules and channels that somebody edited stay.
	if cmp -s Packaging/alerts.yaml '$(DESTDIR)/etc/horizon/alerts.yaml'; then rm '$(DESTDIR)/etc/horizon/alerts.yaml'; fi

# Everything that leaves the house: the package by Debian's tools, lintian, an installation into a clean root, the bill of materials.
packaging:
	@$(MAKE) --no-print-directory dependencies PACKAGES="$(PACKAGES) debhelper lintian debootstrap man-db groff zsh fish python3-venv libcurl4-openssl-dev"
	swift build -c release --static-swift-stdlib --scratch-path .build/static --product horizon
	python3 -m venv .build/packaging/venv
	.build/packaging/venv/bin/pip install --quiet -r Packaging/requirements.txt
	CYCLONEDX=.build/packaging/venv/bin/python Packaging/check .build/static/release/horizon .build/packaging

# The guide: every command in it run, its numbers looked for in what was said, and built by DocC without a warning.
guide: build
	@$(MAKE) --no-print-directory dependencies PACKAGES=python3-venv
	python3 -m venv .build/guide/venv
	.build/guide/venv/bin/pip install --quiet openpyxl
	.build/guide/venv/bin/python Tests/Guide/check .build/release/horizon
	Tests/Guide/build .build/guide

# Installs Debian packages that are missing, as root or through sudo; otherwise says which.
dependencies:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; \
	  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq $$missing; \
	  else echo "Install these Debian packages first:" $$missing; exit 1; fi; \
	fi
	@command -v swift >/dev/null || { echo "Swift 6.3 or later is needed: https://www.swift.org/install"; exit 1; }
