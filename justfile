# Every recipe, in the order a newcomer needs them. Run them as ./dev <recipe>, which sets up what they need.

set positional-arguments := true
set shell := ["bash", "-euo", "pipefail", "-c"]

export PATH := justfile_directory() / ".venv/bin" + ":" + env("PATH")

# Show the whole thing working with real published figures, and serve it [--no-serve] [--area CODE] [--port N]
[no-exit-message]
demo *options:
    @THROUGHLINE_DEMONSTRATION=1 throughline demo "$@"

# Print the six-digit code an example user signs in with
[no-exit-message]
code email:
    @THROUGHLINE_DEMONSTRATION=1 throughline sign-in-code "$1"

# Run every test that can run here, and say what was left out [anything pytest takes]
[no-exit-message]
test *options:
    @PYTHONHASHSEED=0 python -m pytest -n auto --dist loadfile --no-loadscope-reorder "$@"

# Check style, imports, types, migrations and the generated pages
[no-exit-message]
check:
    ruff check
    lint-imports --no-logo
    mypy
    throughline write-reference --check
    throughline makemigrations --check --dry-run
    throughline check

# Serve the site while you work on it; it starts again when a file changes
[no-exit-message]
serve *options:
    @THROUGHLINE_DEMONSTRATION=1 throughline demo --no-serve
    @THROUGHLINE_DEMONSTRATION=1 THROUGHLINE_DEBUG=1 throughline runserver "$@"

# Measure the speed beside plain pandas and hand-written SQL, into docs/benchmarks.md
[no-exit-message]
bench *options:
    @python -m bench "$@"

# Resolve the dependencies of pyproject.toml again, into requirements.lock
lock *options:
    @uv pip compile --quiet pyproject.toml --all-extras --generate-hashes --no-annotate --no-header \
        --python-version 3.11 --output-file requirements.lock "$@"

# Rebuild the packaged figures from the publishers' own files
[no-exit-message]
reference *options:
    @throughline build-reference "$@"

# Write docs/reference from what the program says of itself
[no-exit-message]
docs:
    @throughline write-reference

# Remove what was built and can be built again; the database in var/ stays
clean:
    @rm -rf node_modules throughline/ui/static/built var/front-end-built-for throughline.egg-info .pytest_cache
    @rm -rf .hypothesis .ruff_cache .mypy_cache .import_linter_cache
    @find throughline tests bench -name __pycache__ -prune -exec rm -rf {} +
    @rm -rf .venv
