# Each verb is a line; the work is in scripts/ and xtask/.
.PHONY: demo dev test build fmt lint e2e clean help

help: ## Say what there is
	@grep -E "^[a-z0-9]+:.*##" Makefile | sed "s/:.*## /\t/"

demo: ## Set up, build optimised and serve with demonstration data
	@scripts/demo

dev: ## The quick loop: build and serve again when a source changes
	@scripts/dev

test: ## Set up what is missing and run every test
	@scripts/test

build: ## The optimised client and server
	@scripts/setup && scripts/run cargo xtask client --release && scripts/run cargo build --release -p server

fmt: ## Format
	@scripts/run cargo fmt --all

lint: ## Clippy, warnings refused
	@scripts/run cargo clippy --workspace --exclude frontend --exclude xtask --features domain/exchange --all-targets -- -D warnings

e2e: ## Browser tests alone, on what is built
	@scripts/run npx playwright test --config end2end/playwright.config.ts

clean: ## Remove what this clone built
	@rm -rf site end2end/test-results
