"""Finished figures: for any period and its spellings, each neighbour model, and nothing where nothing was published."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analytics.tiny import Tiny, measure
from throughline.analytics.measures import figures as under_test
from throughline.analytics.measures.areas import Area, all_areas, find_area
from throughline.analytics.measures.definition import Kind
from throughline.analytics.measures.figures import (
    Range,
    UnknownMeasureError,
    UnknownPeriodError,
    figures,
    find_measure,
    periods,
)
from throughline.core.polarity import Polarity
from throughline.core.statuses import Status

KEYS = ["measure", "title", "area", "area_name", "period", "value", "status", "unit", "polarity", "decimals", "change",
        "previous_period", "england", "region", "neighbours_mean", "neighbours_rank", "rank", "ranked", "quartile",
        "quintile", "source", "release"]
SCHOOL = measure("school", title="School figure")
MONEY = measure("money", year_type="financial year", polarity=Polarity.LOWER_IS_BETTER, decimals=2)
EMPTY = measure("nothing_published")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    tiny = Tiny().add("""
        area | 2023 | 2024 | 2025 (prov)
        970  | 50   | 51   | 52
        982  | 40   | 41   | 42
        101  | 10   | 12   | 30
        102  | 20   | 18   | 20
        103  | 30   | c    | 10
        104  | 5    | 6    |
        105  | 7    | 8    | 9
    """, "school").near("101", "102", "103", "104").near("101", "105", model="2021")
    tiny.year_type = "financial year"
    tiny.add("area | 2024 | 2025\n101 | 1 | 2\n102 | 3 | 1", "money")
    return tiny.build(tmp_path_factory.mktemp("figures"), SCHOOL, MONEY, EMPTY)


def one(built, code="101", given=SCHOOL, **options):
    (found,) = figures(built, [given], [find_area(built, code)], **options)
    return found


def test_a_figure_is_everything_it_is_compared_with(built):
    assert one(built).as_dict() == {
        "measure": "school", "title": "School figure", "area": "101", "area_name": "Ashby", "period": "2024", "value": 12.0,
        "status": "final", "unit": "percent", "polarity": "higher_is_better", "decimals": 1, "change": 2.0,
        "previous_period": "2023", "england": 51.0, "region": 41.0, "neighbours_mean": 12.0, "neighbours_rank": 2, "rank": 2,
        "ranked": 4, "quartile": "B", "quintile": 3, "source": "Made figures", "release": "first release",
    }
    assert list(one(built).as_dict()) == KEYS
    assert one(built).judged == "better"


def test_the_other_neighbours_change_nothing_but_the_neighbours(built):
    usual, other = one(built).as_dict(), one(built, neighbours="2021").as_dict()
    changed = {key: other[key] for key in KEYS if other[key] != usual[key]}
    assert changed == {"neighbours_mean": 8.0, "neighbours_rank": 1}


def test_the_latest_settled_period_is_used_unless_a_newer_one_is_asked_for(built):
    assert (one(built).period, one(built).vintage) == ("2024", "final")
    newest = one(built, provisional=True)
    assert (newest.period, newest.status, newest.value, newest.rank) == ("2025", Status.PROVISIONAL, 30.0, 1)
    assert newest.change == 18.0
    assert one(built, given=MONEY, provisional=True).period == "2025"


@pytest.mark.parametrize("asked", ["2024", "2023/24", "2023-24", "202324", "AY 2023/24", "2024 (Rev)", " 2024 "])
def test_a_period_may_be_spelt_any_way(built, asked):
    assert (one(built, period=asked).period, one(built, period=asked).value) == ("2024", 12.0)


def test_a_bare_year_is_the_measures_own_kind_of_year(built):
    found = figures(built, [SCHOOL, MONEY], [find_area(built, "101")], period="2023/24")
    assert [(figure.period, figure.value) for figure in found] == [("2024", 12.0), ("2024", 1.0)]
    assert [str(figure.period_start) for figure in found] == ["2023-09-01", "2023-04-01"]


def test_a_provisional_period_is_given_when_it_is_asked_for(built):
    assert (one(built, period="2025").status, one(built, period="2025").value) == (Status.PROVISIONAL, 30.0)


def test_a_period_nobody_published_is_said_to_be_so(built):
    found = one(built, period="1999")
    assert (found.period, found.value, found.status) == ("1999", None, Status.NOT_PUBLISHED)
    assert [found.as_dict()[key] for key in ("change", "england", "rank", "ranked", "quartile", "source")] == [None] * 6


def test_a_measure_or_area_without_figures_is_said_to_be_so(built):
    assert one(built, given=EMPTY).status is Status.NOT_PUBLISHED
    assert one(built, code="110").status is Status.NOT_PUBLISHED


def test_a_suppressed_figure_keeps_its_reason_and_its_comparators(built):
    found = one(built, code="103")
    assert (found.value, found.status, found.rank, found.ranked, found.england) == (None, Status.SUPPRESSED, None, 4, 51.0)
    assert found.judged is None


def test_england_and_regions_have_figures_and_no_rank(built):
    for code, value in (("970", 51.0), ("982", 41.0)):
        found = one(built, code=code)
        assert (found.value, found.rank, found.quartile, found.neighbours_mean) == (value, None, None, None)


def test_what_is_no_period_is_refused_only_when_no_measure_can_read_it(built):
    with pytest.raises(UnknownPeriodError, match="“soon”"):
        figures(built, [SCHOOL, MONEY], [find_area(built, "101")], period="soon")


def test_figures_come_in_the_order_asked_for(built):
    places = [find_area(built, code) for code in ("102", "101")]
    found = figures(built, [MONEY, SCHOOL], places)
    assert [(figure.place.area, figure.definition.id) for figure in found] == [
        ("102", "money"), ("102", "school"), ("101", "money"), ("101", "school")]


@pytest.mark.parametrize("options", [{}, {"period": "2024"}, {"provisional": True}, {"neighbours": "2021"}])
def test_many_places_read_as_one_by_one(built, monkeypatch, options):
    places = list(all_areas(built).values())
    apart = figures(built, [SCHOOL, MONEY], places, **options)
    monkeypatch.setattr(under_test, "FEW_PLACES", 3)
    assert [f.as_dict() for f in figures(built, [SCHOOL, MONEY], places, **options)] == [f.as_dict() for f in apart]


def test_the_periods_of_a_measure_are_earliest_first(built):
    assert [period.label for period in periods(built, SCHOOL)] == ["2023", "2024", "2025"]
    assert periods(built, EMPTY) == []


# asked | found, or what the refusal offers
NAMES = [("school", "school"), (" SCHOOL ", "school"), ("nothing-published", "nothing_published"),
         ("Nothing_Published", "nothing_published")]


@pytest.mark.parametrize(("asked", "found"), NAMES)
def test_a_measure_is_found_by_its_id(asked, found):
    held = {given.id: given for given in (SCHOOL, MONEY, EMPTY)}
    assert find_measure(held, asked).id == found


@pytest.mark.parametrize(("asked", "offered"), [("shool", "school"), ("School figures", "school"), ("qqq", "")])
def test_an_unknown_measure_is_answered_with_the_nearest(asked, offered):
    held = {given.id: given for given in (SCHOOL, MONEY, EMPTY)}
    with pytest.raises(UnknownMeasureError) as refusal:
        find_measure(held, asked)
    words = str(refusal.value)
    assert asked in words
    assert (f"Did you mean {offered}" in words) if offered else ("Did you mean" not in words)


@given(st.integers(20, 500), st.integers(0, 20), st.integers(0, 60), st.data())
def test_finding_people_never_looks_worse_and_losing_sight_of_them_never_better(cohort, neet, not_known, data):
    """Of those not known some are found, and some of those are NEET: whoever tracks better finds them, whoever tracks worse lost
    sight of them.
    """
    cohort = cohort + neet + not_known
    found = data.draw(st.integers(0, not_known))
    neet_found = data.draw(st.integers(0, found))
    worse_tracked = _range(cohort, neet, not_known)
    better_tracked = _range(cohort, neet + neet_found, not_known - found)
    assert _judged(better_tracked, since=worse_tracked) != "worse"
    assert _judged(worse_tracked, since=better_tracked) != "better"


def test_what_one_way_made_better_or_worse_is_said_to_be():
    assert _judged(_range(200, 8, 4), since=_range(200, 10, 4)) == "better"
    assert _judged(_range(200, 12, 6), since=_range(200, 10, 4)) == "worse"
    assert _judged(_range(200, 8, 10), since=_range(200, 10, 4)) is None


def test_an_end_that_is_printed_as_it_was_went_no_way():
    """A change of a hundredth reads as none beside the change of the other end, so it bears no verdict either."""
    assert _judged(Range(4.0, 5.0, 8.99), since=Range(5.0, 6.0, 9.0)) is None
    assert _judged(Range(4.0, 5.0, 8.9), since=Range(5.0, 6.0, 9.0)) == "better"


def _range(cohort: int, neet: int, not_known: int) -> Range:
    return Range(100 * neet / cohort, 0.0, 100 * (neet + not_known) / cohort)


def _judged(now: Range, since: Range) -> str | None:
    """How the change in NEET since a period before is judged, where both have a range."""
    neet = replace(measure("neet", polarity=Polarity.LOWER_IS_BETTER), kind=Kind.REGISTER)
    place = Area("358", "E08000009", "Trafford", "authority", None, None, None, ())
    counted = under_test._BLANK._replace(definition=neet, place=place, period="October 2026", previous_period="September 2026",
                                         value=now.low, change=now.low - since.low, rank=1, ranked=1)
    held = {("neet", "October 2026"): now, ("neet", "September 2026"): since}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(under_test, "ranges", lambda *_: held)
        [alone] = under_test.own_alone(None, [counted])
    assert (alone.rank, alone.ranked) == (None, None), "an authority's own count is beside nobody else's"
    return alone.judged
