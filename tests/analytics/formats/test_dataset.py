"""The files of definitions/datasets: what they must say, and how a faulty one is answered."""

import importlib
from datetime import date

import pytest

from throughline.analytics.formats.dataset import LOADERS, load_datasets, read_dataset
from throughline.core.problems import RefusedFileError
from throughline.core.statuses import Status

SOUND = """
title = "A title"
publisher = "A publisher"
release = "2025"
licence = "A licence"
loader = "ees"

[[columns]]
name = "Cohort"
kind = "number"
required = true
aliases = ["Cohort 16 17"]
role = "indicator"
holds = "young people"
"""


def written(tmp_path, text):
    (tmp_path / "datasets").mkdir(exist_ok=True)
    path = tmp_path / "datasets" / "a_file.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_files_load(datasets):
    assert {
        "lait", "lait_dictionary", "neet_scorecard_2025", "neet_scorecard_2021", "statistical_neighbours_2025",
        "statistical_neighbours_2021", "authority_codes", "districts", "schools_spine_2018", "gias",
        "ofsted_outcomes_2018", "key_stage_4_social_care", "care_leavers_activity", "absence_by_term_2017",
        "level_2_3_by_19_sfla", "ks4_2018_characteristics",
    } <= set(datasets)
    assert datasets["lait"].released_on == date(2026, 4, 8)
    assert {dataset.licence for dataset in datasets.values()} == {"Open Government Licence v3.0"}


@pytest.mark.parametrize("loader", LOADERS)
def test_every_loader_is_a_module_with_a_read(loader):
    assert callable(importlib.import_module(f"throughline.analytics.formats.{loader}").read)


def test_a_sound_file_is_read(tmp_path):
    dataset = read_dataset(written(tmp_path, SOUND))
    assert (dataset.id, dataset.vintage, dataset.released_on) == ("a_file", Status.FINAL, None)
    assert dataset.with_role("indicator") == dataset.required() == ["Cohort"]


def test_a_heading_is_known_under_any_of_its_names(tmp_path):
    dataset = read_dataset(written(tmp_path, SOUND))
    found = dataset.canonical_names(["cohort  16 17", "COHORT", "Other"])
    assert found == {"cohort  16 17": "Cohort", "COHORT": "Cohort"}


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        (("title = ", "titel = "), "titel", "known key"),
        (('release = "2025"\n', ""), "release", "key present"),
        (('release = "2025"', "release = 2025"), "release", "right type"),
        (('loader = "ees"', 'loader = "eess"'), "loader", "one of the list"),
        (('loader = "ees"', 'loader = "ees"\nyear_type = "year"'), "year_type", "one of the list"),
        (('loader = "ees"', 'loader = "ees"\nvintage = "settled"'), "vintage", "one of the list"),
        (('loader = "ees"', 'loader = "ees"\nrepeated_rows = "last"'), "repeated_rows", "one of the list"),
        (('loader = "ees"', 'loader = "ees"\nreleased_on = "8 April"'), "released_on", "right type"),
        (('kind = "number"', 'kind = "float"'), "columns 1: kind", "one of the list"),
        (('role = "indicator"', 'role = "measure"'), "columns 1: role", "one of the list"),
        (("required = true", 'required = "yes"'), "columns 1: required", "right type"),
        (('holds = "young people"', 'hold = "young people"'), "columns 1: hold", "known key"),
        (('aliases = ["Cohort 16 17"]', 'aliases = ["cohort"]'), "columns 1", "each name once"),
    ],
)
def test_a_fault_is_named(tmp_path, change, field, rule):
    path = written(tmp_path, SOUND.replace(*change))
    with pytest.raises(RefusedFileError) as refusal:
        read_dataset(path)
    assert (field, rule) in [(p.field, p.rule) for p in refusal.value.problems]


def test_the_likely_key_is_suggested(tmp_path):
    with pytest.raises(RefusedFileError, match="did you mean licence"):
        read_dataset(written(tmp_path, SOUND.replace("licence = ", "license = ")))


def test_every_fault_of_every_file_is_told_at_once(tmp_path):
    written(tmp_path, "title = 1\n")
    (tmp_path / "datasets" / "b_file.toml").write_text("not toml")
    with pytest.raises(RefusedFileError) as refusal:
        load_datasets(tmp_path)
    assert {p.file for p in refusal.value.problems} == {"a_file.toml", "b_file.toml"}
