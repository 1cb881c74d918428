"""docs/map.md names every folder of the package, and nothing that is not there."""

import re
from collections.abc import Iterable
from pathlib import Path

from tests.house.tree import ROOT, text_files

MAP = ROOT / "docs" / "map.md"
MADE = {"__pycache__", "built"}
HIDDEN = {ROOT / ".ci"}  # named by its one file


def test_every_path_it_names_exists():
    named = re.findall(r"`([\w./-]+/[\w./-]*)`", MAP.read_text(encoding="utf-8"))
    made_by_dev = ("var/", ".venv/", "node_modules/")
    assert named
    assert [path for path in named if not path.startswith(made_by_dev) and not (ROOT / path).exists()] == []


def test_every_folder_of_the_package_is_in_it():
    package = ROOT / "throughline"
    folders = [path for pattern in ("*", "*/*") for path in package.glob(pattern) if path.is_dir()]
    assert unnamed(path for path in folders if not MADE & set(path.parts)) == []


def test_every_folder_at_the_top_is_in_it():
    assert unnamed({ROOT / path.relative_to(ROOT).parts[0] for path in text_files() if path.parent != ROOT} - HIDDEN) == []


def unnamed(folders: Iterable[Path]) -> list[str]:
    """The folders that the map leaves out."""
    words = MAP.read_text(encoding="utf-8")
    return sorted(str(path.relative_to(ROOT)) for path in folders if f"`{path.relative_to(ROOT)}/" not in words)
