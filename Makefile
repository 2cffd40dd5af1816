# Two commands set up everything on a fresh machine: `make run` and `make test`. They need Python 3.11 or newer and this make.
.DEFAULT_GOAL := help
.PHONY: help run test check fix browser bench bench-speed bench-peers bench-mail bench-search faults faults-mail mails screenshots clean
python := .venv/bin/python
templates = $(shell find templates -name '*.html')

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

run: ## the whole site on http://127.0.0.1:8000 (PORT, HOST); Ctrl-C stops it
	@.ci/bootstrap run
	@exec $(python) manage.py serve

test: ## the suite, on SQLite with a browser and on PostgreSQL (BROWSER=0 leaves the browser out)
	@.ci/test

check: ## lint, types, imports, templates, migrations, settings, then the suite: what CI runs
	@.ci/check
	@.ci/test

fix: ## put right what ruff and djade can put right
	@.ci/bootstrap test
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	$(if $(templates),.venv/bin/djade --target-version 5.2 $(templates),@echo "No templates yet.")

browser: ## the browser journeys alone
	@.ci/test browser

faults: ## the long fault campaigns
	@.ci/test faults

bench: ## measurements, as JSON and a table
	@.ci/bootstrap test
	@exec $(python) -m bench

bench-speed: ## pages beside nginx with the same bytes, growth, memory and start; needs wrk and nginx
	@.ci/bootstrap test
	@BACKSITE_NGINX=$$(.ci/nginx) $(python) -m bench speed

bench-peers: ## the same pages in WordPress (Debian's) and Wagtail (installed by pip into test-results/); says what it needs
	@.ci/bootstrap test
	@exec $(python) -m bench peers

bench-search: ## the search beside LIKE, FTS5 with AND, and tantivy; how its cost grows
	@.ci/bootstrap bench
	@exec $(python) -m bench search

bench-mail: ## the outbox measured: throughput, claims, kills, on both databases
	@.ci/bootstrap test
	@exec $(python) -m bench mail

faults-mail: ## a thousand kills of the mail workers on each database
	@.ci/bootstrap test
	$(python) -m pytest tests/faults -k mail -m "campaign or not campaign" --timeout 3600
	$(python) -m tests.postgres run -- $(python) -m pytest tests/faults -k mail -m "campaign or not campaign" --timeout 3600

mails: ## every letter of the site, text and HTML, in test-results/mails/
	@.ci/bootstrap test
	@exec $(python) -m tests.mails

screenshots: ## pictures of the pages, on a phone and on a desk, in test-results/screenshots/
	@.ci/test screenshots

clean: ## remove what can be made again; the data in var/ stays
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -prune -exec rm -rf {} +
