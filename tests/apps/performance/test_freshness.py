"""How old each source is and whether its next release is due, on a day that the test fixes."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.apps.performance.reading import main, table
from throughline.apps.performance import figures as room
from throughline.apps.performance.freshness import due_words, measure_ages, sources

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("days", "words"), [
    (-400, "overdue"), (-1, "overdue"), (0, "due soon"), (31, "due soon"), (32, "not due yet"), (400, "not due yet"),
])
def test_whether_a_release_is_due(days, words):
    assert due_words(TODAY + timedelta(days=days), TODAY) == words


def test_a_release_without_a_date_is_not_announced():
    assert due_words(None, TODAY) == "not announced"


@pytest.fixture
def held(warehouse):
    """The sources by title, on a day."""
    return lambda today=TODAY: {source.title: source for source in sources(warehouse, room.measures(), today)}


@pytest.fixture
def aged(warehouse):
    """The measures' ages by id, on a day."""
    return lambda today=TODAY: {age.measure.id: age for age in measure_ages(warehouse, room.measures(), today)}


def test_a_source_is_as_old_as_its_release(held):
    tool = held()["Local Authority Interactive Tool"]
    assert (tool.released_on, tool.age, tool.release) == (date(2026, 4, 8), 228, "8 April 2026")
    assert held(date(2026, 4, 9))["Local Authority Interactive Tool"].age == 1


def test_a_source_without_a_date_of_its_own_is_due_when_the_first_of_its_measures_is(held, aged):
    tool = held()["Local Authority Interactive Tool"]
    drawn = [age.next_due for age in aged().values()
             if age.next_due and not age.discontinued and age.measure.published.dataset == "lait"]
    assert tool.next_due is not None
    assert tool.next_due <= min(drawn)
    assert tool.due == "overdue"


def test_a_source_counts_its_measures_and_its_figures(held):
    published = [measure for measure in room.measures().values() if measure.published]
    assert sum(source.measures for source in held().values()) == len(published)
    assert held()["Local Authority Interactive Tool"].rows > 200_000


def test_a_source_without_a_release_date_has_no_age(held):
    undated = [source for source in held().values() if source.released_on is None]
    assert undated
    assert {source.age for source in undated} == {None}


def test_the_longest_overdue_comes_first(held):
    dates = [source.next_due or date.max for source in held().values()]
    assert dates == sorted(dates)


def test_a_measure_goes_from_not_due_to_due_soon_to_overdue(aged):
    due = aged()["neet_or_not_known_16_17"].next_due
    assert due == date(2026, 7, 1)
    said = [aged(due + timedelta(days=days))["neet_or_not_known_16_17"].due for days in (-32, -31, 0, 1)]
    assert said == ["not due yet", "due soon", "due soon", "overdue"]


def test_a_discontinued_measure_is_never_overdue(aged):
    assert {aged(day)["ks1_writing_greater_depth"].due for day in (TODAY, date(2040, 1, 1))} == {"discontinued"}


def test_a_measure_has_its_latest_settled_period(aged):
    assert aged()["phonics_year_1"].period == "2024"
    assert aged()["schools_with_an_enterprise_adviser"].period is None


def test_the_page_says_all_this_in_words(officer, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    answer = officer.get("/freshness/")
    assert "how old it is on 22 November 2026" in main(answer)
    rows = {row[0]: row[1:] for row in table(answer, "ages")}
    assert rows["Young people aged 16 and 17 who are NEET or not known"] == ["2025", "1 July 2025", "overdue 1 July 2026"]
    assert rows["Pupils who write at greater depth at seven"][2] == "discontinued"
    assert rows["Schools and colleges working with an enterprise adviser"] == ["nothing held", "not said", "not announced"]
    assert any(row[2] == "7 months" for row in table(answer, "sources"))


def test_only_those_who_may_load_are_led_to_loading(cast):
    assert "Load a newer release" in main(cast("data_officer").get("/freshness/"))
    assert "Load a newer release" not in main(cast("councillor").get("/freshness/"))


def test_the_csv_is_the_table(officer, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    typed = list(csv.DictReader(io.StringIO(officer.get("/freshness/freshness.csv").content.decode("utf-8-sig"))))
    shown = table(officer.get("/freshness/"), "ages")
    assert [(row["Measure"], row["Latest period"] or "nothing held") for row in typed] == [(row[0], row[1]) for row in shown]
    neet = typed[0]
    assert (neet["Updated by its publisher"], neet["Next update due"], neet["Due"]) == ("2025-07-01", "2026-07-01", "overdue")


def test_those_who_may_not_see_entered_figures_are_not_told_of_them(cast):
    titles = {row[0] for row in table(cast("provider_staff").get("/freshness/"), "ages")}
    assert "Schools and colleges working with an enterprise adviser" not in titles
    assert b"enterprise adviser" not in cast("provider_staff").get("/freshness/freshness.csv").content
