"""The demonstration: never on a real installation, and everybody of it works for the invented authority."""

import os

import pytest

from throughline.apps.accounts.models import User
from throughline.apps.performance.figures import rebuild
from throughline.config import command, demonstration
from throughline.config.example.register import SCHOOL


def test_it_is_refused_on_a_real_installation(settings, capsys):
    settings.DEMONSTRATION = False
    assert command.run(["demo", "--no-serve"]) == 1
    assert "never for a real installation" in capsys.readouterr().err


@pytest.mark.django_db
def test_an_unknown_authority_gets_the_nearest(settings, capsys, tmp_path):
    settings.DEMONSTRATION, settings.WAREHOUSE = True, tmp_path / "warehouse.duckdb"
    assert command.run(["demo", "--no-serve", "--area", "Traford"]) == 2
    assert "Trafford" in capsys.readouterr().err
    assert not User.objects.exists(), "nobody works for an authority that is not there"


@pytest.mark.django_db
def test_everybody_works_for_the_invented_authority_whichever_real_one_is_shown(settings, tmp_path):
    settings.DEMONSTRATION, settings.WAREHOUSE = True, tmp_path / "warehouse.duckdb"
    rebuild()
    for asked in ("Trafford", "e10000014", "850"):
        said = demonstration.make_people(asked, lambda: None)
        assert set(User.objects.values_list("area", flat=True)) == {"899"}
    assert said.startswith("up to date")
    assert User.objects.get(role="provider_staff").establishment == SCHOOL
    assert list(User.objects.exclude(establishment="").values_list("role", flat=True)) == ["provider_staff"]


@pytest.mark.parametrize(("age", "rebuilt"), [(60, 0), (-60, 1)], ids=["older", "newer"])
def test_only_a_newer_definition_has_the_warehouse_built_again(warehouse, monkeypatch, tmp_path, age, rebuilt):
    calls = []
    monkeypatch.setattr(demonstration, "rebuild", calls.append)
    monkeypatch.setattr(demonstration, "are_behind", lambda: False)
    monkeypatch.setattr(demonstration, "_made_from", lambda: [tmp_path / "themes.toml"])
    (tmp_path / "themes.toml").touch()
    built = warehouse.path.stat().st_mtime
    os.utime(tmp_path / "themes.toml", (built - age, built - age))
    demonstration.build_warehouse("358", lambda: None)
    assert len(calls) == rebuilt


def test_figures_that_are_behind_have_it_built_again(warehouse, monkeypatch, tmp_path):
    calls = []
    monkeypatch.setattr(demonstration, "rebuild", calls.append)
    monkeypatch.setattr(demonstration, "are_behind", lambda: True)
    monkeypatch.setattr(demonstration, "_changed", lambda path: 1.0)
    monkeypatch.setattr(demonstration, "_made_from", lambda: [tmp_path])
    demonstration.build_warehouse("358", lambda: None)
    assert len(calls) == 1
