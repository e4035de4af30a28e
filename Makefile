# make sia    install what is missing, build, and make the pack from the shipped data
# make test   install what is missing and pass the tests
# make check  the heavier gates: sanitizers, the tests in release mode, a longer fuzz
# make models write the files under Models/ into the program as its defaults

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: sia build test check lint models datasets dependencies

PACKAGES := liblapack-dev libblas-dev libzip-dev libdeflate-dev libssl-dev pkg-config
DATASET := Datasets/oxfordshire-simulated
OUT ?= pack

sia: build
	.build/release/horizon sia $(DATASET)/counts.csv --breaks $(DATASET)/breaks.yaml \
	  --title "Oxfordshire (simulated data)" --extraction-date "simulated" --out $(OUT)

build: dependencies
	swift build -c release --product horizon

test: dependencies lint
	swift build -c release --product horizon
	swift test

check: dependencies lint
	swift build -c release --product horizon
	swift test
	swift test --sanitize=address --scratch-path .build/address
	swift test --sanitize=thread --scratch-path .build/thread

lint:
	swift format lint --strict -r Sources Tests Package.swift

models:
	sh Models/embed.sh

datasets: build
	.build/release/horizon simulate oxfordshire --out $(DATASET)

# Installs Debian packages that are missing, as root or through sudo; otherwise says which.
dependencies:
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; \
	  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq $$missing; \
	  else echo "Install these Debian packages first:" $$missing; exit 1; fi; \
	fi
	@command -v swift >/dev/null || { echo "Swift 6.3 or later is needed: https://www.swift.org/install"; exit 1; }
