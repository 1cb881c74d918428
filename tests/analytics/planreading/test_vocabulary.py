"""The vocabularies: an officer's words count, and a fault in a file is answered."""

import shutil

import pytest

from throughline.analytics.planreading.containers.text import document_of
from throughline.analytics.planreading.read import read_plan
from throughline.analytics.planreading.vocabulary import load_templates
from throughline.core.problems import RefusedFileError

PLAN = "# A plan\n\nRef\tDeed\tBailiff\n1.1\tOpen a centre\tHSI\n"


@pytest.fixture
def copied(definitions, tmp_path):
    """A copy of the vocabularies that a test may change."""
    shutil.copytree(definitions / "plan_templates", tmp_path / "plan_templates")
    return tmp_path


def changed(folder, file, old, new):
    path = folder / "plan_templates" / file
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8")


def test_a_word_that_an_officer_adds_is_known(templates, copied):
    assert read_plan(document_of(PLAN), templates).sections == []
    changed(copied, "columns.toml", '"action", "actions"', '"deed", "action", "actions"')
    changed(copied, "columns.toml", '"who", "who what"', '"who", "bailiff"')
    section, = read_plan(document_of(PLAN), load_templates(copied)).sections
    action, = section.actions
    assert (action.number, action.text, action.owners[0].printed) == ("1.1", "Open a centre", "HSI")


@pytest.mark.parametrize(("file", "old", "new", "field", "rule"), [
    ("dates.toml", "[months]", "[month]", "months", "table present"),
    ("costs.toml", "million =", "milliard =", "multiples.million", "list present"),
    ("bullets.toml", 'roman = ["i",', 'roman = [1,', "labels.roman", "list of words"),
    ("owners.toml", "[kinds]", "[kinds", "", "readable TOML"),
])
def test_a_fault_is_answered_with_its_place(file, old, new, field, rule, copied):
    changed(copied, file, old, new)
    with pytest.raises(RefusedFileError) as refused:
        load_templates(copied)
    assert (file, field, rule) in [(each.file, each.field, each.rule) for each in refused.value.problems]


def test_every_missing_file_is_said(tmp_path):
    with pytest.raises(RefusedFileError) as refused:
        load_templates(tmp_path)
    assert len(refused.value.problems) == 9
    assert {each.rule for each in refused.value.problems} == {"vocabulary present"}
