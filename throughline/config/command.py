"""The throughline command: every room's commands, and errors as sentences that a person can act on."""

import gc
import os
import sys
from importlib.metadata import version

import django
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import BaseCommand, CommandError, get_commands, load_command_class
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console

from throughline.analytics.warehouse.connection import NoWarehouseError
from throughline.config.command_words import print_commands, print_problems, print_unknown
from throughline.config.environment import OWNER_ONLY
from throughline.core.problems import RefusedFileError

# Django's own switches, left working but out of our commands' --help.
_UNSEEN = {"--version", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color", "--skip-checks"}
# Rows of a register are many objects, and hold no circles: to look for circles after every 700 takes a fifth of a close.
_LOOKED_FOR_CIRCLES = 100_000, 20, 100
_INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C stopped


def main() -> None:
    """The entry point of the package: run what was typed, and leave with its exit status."""
    os.umask(OWNER_ONLY)
    gc.set_threshold(*_LOOKED_FOR_CIRCLES)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    django.setup()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; its exit status: 0 done, 1 refused with the reason printed, 2 not understood.

    arguments are what was typed after “throughline”. Unexpected errors are raised as they are.
    """
    if arguments[:1] in (["help"], ["--help"], ["-h"]):
        arguments = [*arguments[1:2], "--help"] if arguments[1:] else []
    if not arguments:
        print_commands(Console())
        return 0
    if arguments[0] == "--version":
        Console().print(version("throughline"), highlight=False)
        return 0
    name = arguments[0].replace("-", "_")
    if name not in get_commands():
        print_unknown(Console(stderr=True), arguments[0])
        return 2
    return _answer(_load(name), arguments)


def _load(name: str) -> BaseCommand:
    app = get_commands()[name]
    command = load_command_class(app, name)
    if app.startswith("throughline."):
        command.suppressed_base_arguments = command.suppressed_base_arguments | _UNSEEN
        # Django's checks import every page of the site; ./dev check runs them, a command need not wait for them.
        command.requires_system_checks = []
    return command


def _answer(command: BaseCommand, arguments: list[str]) -> int:
    """Run command; what may be expected to go wrong is answered in words unless --traceback asks for more."""
    errors = Console(stderr=True, highlight=False)
    try:
        # With --traceback Django hands errors up to us instead of printing them in its own way.
        command.run_from_argv(["throughline", arguments[0], "--traceback", *arguments[1:]])
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if "--traceback" in arguments:
            raise
        if isinstance(error, RefusedFileError):
            print_problems(errors, error.problems)
            return 1
        words = _words(error)
        if words is None:
            raise
        errors.print(words, markup=False, soft_wrap=True)
        return getattr(error, "returncode", 1)
    return 0


def _words(error: Exception) -> str | None:
    """What to say of an error that may be expected; None when it may not."""
    if isinstance(error, SystemCheckError | CommandError | PermissionDenied):
        return str(error)
    if isinstance(error, NoWarehouseError):
        return "There are no figures yet: run throughline build-warehouse, then try again."
    if isinstance(error, ValidationError):
        return "\n".join(error.messages)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, DatabaseError) and _database_is_behind():
        return "The database is not up to date: run throughline migrate, then try again."
    return None


def _database_is_behind() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False
