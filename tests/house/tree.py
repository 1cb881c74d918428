"""The project's own files, as the tests of the house read them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("throughline", "tests", "definitions", "docs", "bench", ".ci")
_AT_THE_TOP = (
    "README.md", "GLOSSARY.md", "LICENSE", "dev", "justfile", "pyproject.toml", "package.json", ".gitignore", ".npmrc",
)
_LOCKS = ("requirements.lock", "package-lock.json")
_TEXT = {"", ".lock", ".sql", ".py", ".md", ".toml", ".csv", ".json", ".html", ".jinja", ".txt", ".js", ".css", ".scss", ".svg"}
_MADE = {"__pycache__", "built"}


def text_files(locks: bool = False) -> list[Path]:
    """Every text file of the project that a person writes, and the lock files when asked for."""
    named = [ROOT / name for name in (*_AT_THE_TOP, *(_LOCKS if locks else ()))]
    found = [path for folder in _FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in (*named, *found) if path.exists() and path.suffix in _TEXT and not _MADE & set(path.parts)]


def modules(*folders: str) -> list[Path]:
    """The Python modules in the folders named, migrations excepted."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def parsed(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    """A path as a person would type it at the top of the checkout."""
    return str(path.relative_to(ROOT))
