"""Files of rules that a test writes anew, and two authorities whose people use the site."""

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


@pytest.fixture
def trafford_and_bury(monkeypatch):
    """Two authorities whose people use the site, with an officer of one; their names are known."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import make_user
    from throughline.apps.accounts.actions import deactivate_user
    from throughline.apps.codelists import models, wording

    names = {"358": "Trafford", "351": "Bury"}
    for module in (models, wording):
        monkeypatch.setattr(module, "authority_name", lambda code: names[code])
    make_user("councillor", area="351", email="of.bury@example.org")
    deactivate_user(by=None, user=make_user("inspector", area="380", email="gone@example.org"))
    return make_user("data_officer", full_name="Tara Ford")
