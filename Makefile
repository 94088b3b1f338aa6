# What people type; each command is a script of the same name.
.DEFAULT_GOAL := help
.PHONY: help demo run check test e2e bench screenshots advisories

help: ## these lines
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## build, and serve demo data on http://127.0.0.1:8080
	@scripts/demo

run: ## build, and serve for development; the data stay in data/
	@scripts/run

check: ## before each commit: format, lints, types and the tests of the crates
	@scripts/check

test: ## everything: check, front end, browser tests and licences
	@scripts/test

e2e: ## the browser tests alone; E2E="stays --project=phone" narrows them
	@scripts/e2e $(E2E)

bench: ## the figures of docs/performance.md, measured on this machine
	@scripts/bench

screenshots: ## docs/images/*.png, from the demo
	@scripts/screenshots

advisories: ## known vulnerabilities of the libraries (asks the network)
	@scripts/deny advisories
