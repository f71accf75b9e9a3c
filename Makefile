# Our own habits; users need only `python3 manage.py demo` and `python3 manage.py test`.
# Each target fails on the first fault. All tools come from the pinned set in .venv.

BIN := .venv/bin

# What a real installation sets (docs/settings.md); check --deploy must be silent under it.
PRODUCTION := SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	DATABASE_URL=postgres://tracker@127.0.0.1/tracker HTTPS=1 DEBUG=0 \
	ALLOWED_HOSTS=tracker.example.org SITE_URL=https://tracker.example.org \
	CONTACT_EMAIL=desk@example.org

.PHONY: check environment format-check lint types imports migrations deploy spelling templates \
	format lock

check: environment format-check lint types imports migrations deploy spelling templates
	@echo "make check: all green"

environment:
	@python3 -m tracker.bootstrap

format-check:
	$(BIN)/ruff format --check .

lint:
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports --no-logo

migrations:
	SECRET_KEY=check-only DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run

deploy:
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

spelling:
	$(BIN)/codespell

templates:
	$(BIN)/djlint --lint templates

# --- Not part of the check ---

format: environment
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Needs uv (`pip install uv`). The requirements*.in files are the source.
LOCK := uv pip compile --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--annotation-style line --quiet
lock:
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-extra.in -o requirements-extra.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt
