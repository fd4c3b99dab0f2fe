# Everything a person or CI does with this project. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# What the programs link and the demo starts, and what the tests start besides. A Debian 12 with Swift 6.3 needs nothing
# else.
PACKAGES := libncurses-dev libhiredis-dev libcurl4-openssl-dev libssl-dev redis-server curl procps
TEST_PACKAGES := prometheus tmux
# Installing a package would start these and keep them running; demo and tests start their own.
SERVICES := redis-server.service prometheus.service
RELEASE := -c release --static-swift-stdlib
BIN := .build/release

# The conformance suite: a program that takes the URL of an echo endpoint and the cases to run.
AUTOBAHN ?= ../shared/tools/autobahn

.PHONY: help demo test build lint format bench conformance packages test-packages

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: build ## start an embedded fleet (Redis, 4 workers, 2,000 clients) and open the console on it
	@LANG=$${LANG:-C.UTF-8} $(BIN)/gadtop demo $(DEMO)

test: test-packages lint ## run every test; installs what is missing
	@echo "==> building the tests"
	@swift build --build-tests
	@echo "==> running the tests of the modules"
	@swift test --skip-build --no-parallel --skip IntegrationTests
	@echo "==> running the tests of the whole system"
	@swift test --skip-build --filter IntegrationTests

build: packages ## build gadtop, gadgate and gadload for release into .build/release
	@echo "==> building gadtop, gadgate and gadload (the first time takes some minutes)"
	@swift build $(RELEASE)

lint: ## check the format of every Swift file; changes nothing
	@echo "==> checking the format"
	@swift format lint --strict --parallel --recursive Package.swift Sources Tests Themes Benchmarks
	@echo "==> looking for lines over 120 characters, which the formatter leaves in comments and texts"
	@! LC_ALL=C.UTF-8 grep -rnP --include='*.swift' '^.{121,}$$' Sources

format: ## bring every Swift file into the format that lint demands
	@swift format --in-place --parallel --recursive Package.swift Sources Tests Themes Benchmarks

bench: build ## measure the gateway and the console, beside their peers where those are installed
	@Benchmarks/run

conformance: build ## run the Autobahn WebSocket suite against a gateway
	@Tests/Conformance/run $(BIN)/gadgate $(AUTOBAHN)

test-packages: PACKAGES += $(TEST_PACKAGES)

# Installs only what dpkg does not know; a second run does nothing. A service that is not installed yet is masked, so
# that its package does not start it; RUNLEVEL says the same to packages without systemd.
packages test-packages:
	@missing=$$(for p in $(PACKAGES); do \
	    [ "$$(dpkg-query -W -f='$${Status}' $$p 2>/dev/null)" = "install ok installed" ] || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	    install="apt-get install -y -qq --no-install-recommends $$(echo $$missing)"; \
	    if [ "$$(id -u)" = 0 ]; then as_root=; \
	    elif command -v sudo >/dev/null; then as_root=sudo; \
	    else echo "There is no sudo to install packages with. Run this as root, then make again:" >&2; \
	        echo "  apt-get update && $$install" >&2; exit 1; fi; \
	    echo "==> installing" $$missing; \
	    if [ -d /run/systemd/system ]; then for s in $(SERVICES); do case " $$(echo $$missing) " in *" $${s%.service} "*) \
	        echo "==> masking $$s, to use it yourself: systemctl unmask $$s"; $$as_root systemctl mask --quiet $$s;; \
	    esac; done; fi; \
	    $$as_root apt-get update -qq; \
	    $$as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 $$install; \
	fi
