"""The measure files are whole, agree with the publisher's dictionary and store, and a faulty one is answered."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from throughline.analytics.measures.definition import Kind, Measure, PublishedSource, Unit
from throughline.analytics.measures.load import load_measures, load_themes, read_measure
from throughline.core.polarity import Polarity
from throughline.core.problems import RefusedFileError

REQUIRED = {
    "neet_or_not_known_16_17", "neet_16_17", "not_known_16_17", "participation_16_17", "participation_16_17_sen",
    "september_guarantee", "attainment_8", "progress_8", "english_and_maths_9_4", "english_and_maths_9_5",
    "ebacc_points", "a_level_points_per_entry", "a_level_best_3_points", "applied_general_points_per_entry",
    "tech_level_points_per_entry", "level_2_by_19", "level_3_by_19", "level_2_with_english_and_maths_by_19",
    "level_2_by_19_fsm_gap", "level_3_by_19_fsm_gap", "ks4_sustained_destination", "ks4_destination_not_sustained",
    "higher_education_by_19", "overall_absence", "persistent_absence", "severe_absence", "suspensions",
    "care_leavers_in_education_employment_training", "good_level_of_development", "ks2_reading_writing_maths",
    "ebacc_entry", "a_level_aab_facilitating", "level_2_english_and_maths_by_19_not_at_16", "phonics_year_1",
    "schools_good_or_better", "ks4_sustained_destination_ehc_plan",
}
POLARITY = {"High": Polarity.HIGHER_IS_BETTER, "Low": Polarity.LOWER_IS_BETTER}
RELEASE_MARK = re.compile(r"\s*\([^)]*\)$")


@pytest.fixture(scope="module")
def measures(definitions: Path) -> dict[str, Measure]:
    return load_measures(definitions)


@pytest.fixture(scope="module")
def dictionary(sources: Path) -> dict[str, list[dict[str, str]]]:
    """The dictionary's rows by indicator; one printed under two topics has two."""
    rows: dict[str, list[dict[str, str]]] = {}
    with (sources / "lait/lait_data_dictionary.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["Measure_short"], []).append(row)
    return rows


@pytest.fixture(scope="module")
def store_periods(sources: Path) -> dict[str, set[str]]:
    """The periods of each indicator that hold a value for some area, without their release marks."""
    table = pq.read_table(sources / "lait/bds_long_0.parquet", columns=["Short Desc", "Years", "Values"])
    held = table.filter(pc.not_equal(table["Values"], "-")).group_by(["Short Desc", "Years"]).aggregate([])
    periods: dict[str, set[str]] = {}
    for row in held.to_pylist():
        periods.setdefault(row["Short Desc"], set()).add(RELEASE_MARK.sub("", row["Years"]))
    return periods


def headlines(measures: dict[str, Measure]) -> Iterator[tuple[Measure, str]]:
    """Measures of the interactive tool, each with its headline indicator."""
    for measure in measures.values():
        if measure.published and measure.published.dataset == "lait":
            yield measure, measure.published.indicator


def drawn_on(measure: Measure) -> Iterator[PublishedSource]:
    """Everything a measure draws on: its headline and every group."""
    if measure.published:
        yield measure.published
    for breakdown in measure.breakdowns:
        yield from breakdown.groups.values()


def test_every_promised_measure_is_there(measures):
    assert sorted(REQUIRED - measures.keys()) == []
    assert len(measures) >= 60


def test_every_theme_has_a_measure(measures, definitions):
    used = {measure.theme for measure in measures.values()}
    assert [theme.id for theme in load_themes(definitions) if theme.id not in used] == []


def test_no_two_measures_share_a_title_or_a_headline(measures):
    titles = Counter(measure.title.casefold() for measure in measures.values())
    sources = Counter(measure.published for measure in measures.values() if measure.published)
    assert [title for title, count in titles.items() if count > 1] == []
    assert [source for source, count in sources.items() if count > 1] == []


def test_words_are_sentences_a_reader_can_trust(measures):
    sentence = re.compile(r"[A-Z]\S*( \S+)+\.")
    odd = [
        (m.id, words)
        for m in measures.values()
        for words in (m.description, m.why, *m.caveats, *(entry.reason for entry in m.breaks))
        if not sentence.fullmatch(words)
    ]
    assert odd == []
    assert [measure.id for measure in measures.values() if not measure.keywords or measure.title.endswith(".")] == []


def test_each_is_reviewed_again_after_it_was_reviewed(measures):
    dates = {measure.id: measure.provenance for measure in measures.values()}
    assert [id for id, provenance in dates.items() if provenance.next_review <= provenance.reviewed] == []


def test_entered_measures_say_what_is_counted(measures):
    entered = [measure for measure in measures.values() if measure.kind is Kind.ENTERED]
    assert entered
    assert [m.id for m in entered if not m.entered.numerator or m.published] == []
    assert [m.id for m in entered if bool(m.entered.denominator) != (m.unit is Unit.PERCENT)] == []


def test_every_indicator_is_in_the_store(measures, store_periods):
    named = {source.indicator for m in measures.values() for source in drawn_on(m) if source.dataset == "lait"}
    assert sorted(named - store_periods.keys()) == []


def test_polarity_is_the_dictionarys(measures, dictionary):
    stated = {m.id: m.polarity for m, _ in headlines(measures)}
    printed = {m.id: POLARITY.get(dictionary[name][0]["Polarity"], Polarity.NONE) for m, name in headlines(measures)}
    assert stated == printed


def test_groups_are_better_in_the_same_direction_as_their_measure(measures, dictionary):
    wrong = [
        (m.id, source.indicator)
        for m, _ in headlines(measures)
        for source in drawn_on(m)
        if POLARITY.get(dictionary[source.indicator][0]["Polarity"], Polarity.NONE) != m.polarity
    ]
    assert wrong == []


def test_decimals_are_the_dictionarys_and_one_where_it_says_nothing(measures, dictionary):
    wrong = [
        (m.id, m.decimals)
        for m, name in headlines(measures)
        if m.decimals not in {1 if row["dps"] == "NA" else int(row["dps"]) for row in dictionary[name]}
    ]
    assert wrong == []


def test_year_types_are_the_dictionarys(measures, dictionary):
    stated = {m.id: m.year_type for m, _ in headlines(measures)}
    assert stated == {m.id: dictionary[name][0]["Year_Type"].lower() for m, name in headlines(measures)}


def test_bands_are_withheld_where_the_dictionary_withholds_them(measures, dictionary):
    withheld = {m.id for m, _ in headlines(measures) if m.no_quartiles}
    assert withheld
    assert withheld == {m.id for m, name in headlines(measures) if dictionary[name][0]["No_Quartile"] == "N"}


def test_every_break_is_at_a_period_of_the_store(measures, store_periods):
    broken = [(m, name, entry.period) for m, name in headlines(measures) for entry in m.breaks]
    assert broken
    assert [(m.id, period) for m, name, period in broken if period not in store_periods[name]] == []


def test_every_break_has_a_figure_before_it(measures, store_periods):
    useless = [
        (m.id, entry.period)
        for m, name in headlines(measures)
        for entry in m.breaks
        if min(store_periods[name]) >= entry.period
    ]
    assert useless == []


def test_scorecard_columns_are_in_its_file(measures, sources):
    with (sources / "neet/UD_NEETNK_LA_dashboard_final.csv").open(encoding="utf-8-sig", newline="") as file:
        columns = set(next(csv.reader(file)))
    named = {s.indicator for m in measures.values() for s in drawn_on(m) if s.dataset == "neet_scorecard_2025"}
    assert len(named) >= 5
    assert sorted(named - columns) == []


GOOD = """\
title = "Pupils who stay on"
theme = "destinations"
description = "How many stay on."
why = "Staying on matters."
kind = "published"
unit = "percent"
polarity = "higher_is_better"
decimals = 1
year_type = "academic year"

[published]
dataset = "lait"
indicator = "Staying"

[[breaks]]
period = "2020"
reason = "Exams were cancelled."

[[breakdowns]]
id = "sex"
title = "Sex"
reference = "Girls"

[breakdowns.groups]
"Girls" = "StayingG"
"Boys" = { indicator = "Staying", breakdown = "sex", group = "Male" }

[provenance]
owner = "Data team"
reviewed = 2026-11-22
next_review = 2027-11-22
"""
FAULTS = {  # what is wrong: (text replaced, its replacement, field answered, rule broken, words of the remedy)
    "unknown key": ("decimals = 1", "decimals = 1\npolarty = 1", "polarty", "known key", "polarity"),
    "unknown key in a table": ('"Staying"\n', '"Staying"\nsheet = "LA"\n', "published.sheet", "known key", "dataset"),
    "theme not known": ('"destinations"', '"destination"', "theme", "one of the list", "destinations"),
    "kind not known": ('"published"', '"typed"', "kind", "one of the list", "entered"),
    "unit not known": ('"percent"', '"%"', "unit", "one of the list", "percent"),
    "polarity not known": ('"higher_is_better"', '"High"', "polarity", "one of the list", "higher_is_better"),
    "no title": ('title = "Pupils who stay on"\n', "", "title", "key present", "add title"),
    "no provenance": (GOOD[GOOD.index("[provenance]"):], "", "provenance", "key present", "add provenance"),
    "no owner": ('owner = "Data team"\n', "", "provenance.owner", "key present", "add owner"),
    "no indicator": ('indicator = "Staying"\n', "", "published.indicator", "key present", "add indicator"),
    "no reason for a break": ('reason = "Exams were cancelled."\n', "", "breaks.reason", "key present", "add reason"),
    "no source": ('kind = "published"', 'kind = "entered"', "entered", "source stated", "[entered]"),
    "decimals in quotation marks": ("decimals = 1", 'decimals = "1"', "decimals", "right type", "whole number"),
    "decimals yes or no": ("decimals = 1", "decimals = true", "decimals", "right type", "whole number"),
    "date in quotation marks": ("reviewed = 2026-11-22", 'reviewed = "2026-11-22"', "provenance.reviewed", "a date",
                                "unquoted"),
    "break at no period": ('period = "2020"', 'period = "lockdown"', "breaks.period", "readable period", "2024/25"),
    "reference not a group": ('"Girls"\n', '"All"\n', "breakdowns.reference", "reference is a group", "Girls, Boys"),
    "not TOML": ("decimals = 1", "decimals 1", "", "readable TOML", "line 8"),
}


@pytest.fixture
def answered(tmp_path):
    """Write a measure file and return the problems it is answered with."""

    def problems(text: str) -> list:
        path = tmp_path / "staying_on.toml"
        path.write_text(text, encoding="utf-8")
        try:
            read_measure(path, ["destinations", "by_19"])
        except RefusedFileError as refused:
            return refused.problems
        return []

    return problems


def test_the_good_file_is_read(tmp_path):
    path = tmp_path / "staying_on.toml"
    path.write_text(GOOD, encoding="utf-8")
    measure = read_measure(path, ["destinations"])
    assert (measure.id, measure.decimals, measure.point) == ("staying_on", 1, 1.0)
    assert measure.breakdowns[0].groups == {
        "Girls": PublishedSource("lait", "StayingG"),
        "Boys": PublishedSource("lait", "Staying", "sex", "Male"),
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_answered(fault, answered):
    replaced, replacement, field, rule, remedy = FAULTS[fault]
    assert GOOD.count(replaced) >= 1
    problems = answered(GOOD.replace(replaced, replacement, 1))
    assert [(problem.file, problem.field, problem.rule) for problem in problems] == [("staying_on.toml", field, rule)]
    assert remedy in problems[0].remedy


def test_an_unknown_year_type_leaves_no_break_readable(answered):
    problems = answered(GOOD.replace('"academic year"', '"school year"'))
    found = [(problem.field, problem.value) for problem in problems]
    assert found == [("year_type", "school year"), ("breaks.period", "2020")]


def test_every_fault_of_every_file_is_answered_at_once(tmp_path):
    (tmp_path / "measures").mkdir()
    (tmp_path / "themes.toml").write_text('[[themes]]\nid = "destinations"\ntitle = "Destinations"\n', encoding="utf-8")
    (tmp_path / "measures/first.toml").write_text(GOOD.replace("percent", "%").replace("higher_", "upper_"), "utf-8")
    (tmp_path / "measures/second.toml").write_text(GOOD.replace("destinations", "elsewhere"), "utf-8")
    (tmp_path / "measures/third.toml").write_text(GOOD, "utf-8")
    with pytest.raises(RefusedFileError) as refused:
        load_measures(tmp_path)
    found = sorted((problem.file, problem.field) for problem in refused.value.problems)
    assert found == [("first.toml", "polarity"), ("first.toml", "unit"), ("second.toml", "theme")]
