# Each verb is a line; the work is in scripts/ and xtask/.
.PHONY: help demo dev test build fmt lint e2e screenshots bench clean

help: ## Say what there is
	@grep -E "^[a-z0-9]+:.*##" Makefile | sed "s/:.*## /\t/" | expand -t 14

demo: ## Set up, build optimised and serve with demonstration data (PORT=3000)
	@scripts/demo

dev: ## The quick loop: build and serve again when a source changes (PORT=3000)
	@scripts/dev

test: ## Set up what is missing and run every test
	@scripts/test

build: ## The optimised client and server
	@scripts/build

fmt: ## Format
	@scripts/run cargo fmt --all

lint: ## Clippy, warnings refused
	@scripts/lint

e2e: ## Browser tests alone, on what is built (ONLY=tests/projects.spec.ts)
	@scripts/e2e $(ONLY)

screenshots: ## Browser tests that also take the pictures in docs/screenshots
	@TAKT_SCREENSHOTS=1 scripts/e2e $(ONLY)

bench: ## Measure the server beside the same API in Flask (ARGS="--record", ARGS="--takt PATH --seconds 2")
	@scripts/bench $(ARGS)

clean: ## Remove what this clone built
	@rm -rf site end2end/test-results
