"""Files of rules that a test writes anew."""

import os
import shutil

import pytest


@pytest.fixture
def rewrite(settings, tmp_path):
    """Write a file of rules anew, in a copy of the definitions: rewrite("currency", "months = 12", "months = 10")."""
    shutil.copytree(settings.DEFINITIONS, folder := tmp_path / "definitions")
    settings.DEFINITIONS = folder

    def written(name, old, new):
        path = folder / "rules" / f"{name}.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        later = max(each.stat().st_mtime_ns for each in path.parent.iterdir()) + 10**9
        os.utime(path, ns=(later, later))

    return written
