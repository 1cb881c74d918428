"""Reads what a council has set in the environment, and refuses in a sentence what cannot be meant."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

OWNER_ONLY = 0o077  # the umask of every process: nobody else on the machine reads what it writes


def flag(name: str, default: bool = False) -> bool:
    """Whether a setting is on: 1, true, yes or on."""
    return os.environ.get(name, str(default)).lower() in ("1", "true", "yes", "on")


def words(name: str, default: str = "") -> list[str]:
    """The parts of a setting between its commas."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def whole_number(name: str, default: int) -> int:
    """A setting that counts something. Raises ImproperlyConfigured when it is no whole number."""
    typed = os.environ.get(name, str(default)).strip()
    if not (typed.isascii() and typed.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, such as {default}, and not “{typed}”.")
    return int(typed)


def private_folder(folder: Path) -> Path:
    """The folder, made when it is missing, and closed to everybody but its owner."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_mode & OWNER_ONLY and found.st_uid == os.geteuid():
        folder.chmod(0o700)
    return folder


def database(url: str, beside: Path) -> dict[str, Any]:
    """Django's settings of a database: postgresql://user:password@host:port/name, sqlite:///path, or empty.

    Empty means SQLite in the file beside. What is not a letter or a digit in a user, password or name is
    written as in any address (%40 for @); what follows a ? goes to PostgreSQL, such as sslmode=require.
    Raises ImproperlyConfigured for anything else, without repeating it, since it may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgresql(parts)
    if url and (parts.scheme != "sqlite" or len(parts.path) < 2):
        raise ImproperlyConfigured(
            "THROUGHLINE_DATABASE must begin with postgresql:// or be sqlite:/// and the path of a file, "
            "such as postgresql://user:password@host:5432/name. Leave it out for SQLite in THROUGHLINE_VAR."
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": unquote(parts.path) if url else beside,
        "OPTIONS": {
            # Writers queue instead of failing, readers never wait for them.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    try:
        port = parts.port or ""
    except ValueError as error:
        raise ImproperlyConfigured("The port in THROUGHLINE_DATABASE must be a number, such as 5432.") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "", "PORT": port,
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
    }
