"""docs/map.md names every folder of the package, and nothing that is not there."""

import re

from tests.house.tree import ROOT

MAP = ROOT / "docs" / "map.md"
MADE = {"__pycache__", "built"}


def test_every_path_it_names_exists():
    named = re.findall(r"`([\w./-]+/[\w./-]*)`", MAP.read_text(encoding="utf-8"))
    made_by_dev = ("var/", ".venv/", "node_modules/")
    assert named
    assert [path for path in named if not path.startswith(made_by_dev) and not (ROOT / path).exists()] == []


def test_every_folder_of_the_package_is_in_it():
    package = ROOT / "throughline"
    folders = [path for pattern in ("*", "*/*") for path in package.glob(pattern) if path.is_dir()]
    words = MAP.read_text(encoding="utf-8")
    expected = [f"{path.relative_to(ROOT)}/" for path in folders if not MADE & set(path.parts)]
    assert [path for path in expected if f"`{path}`" not in words] == []
