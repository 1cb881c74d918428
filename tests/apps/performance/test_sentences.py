"""What a measure's page says in sentences, in the singular, the plural and neither."""

from dataclasses import replace

import pytest

from tests.apps.performance.given import gap, point
from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.definition import Breakdown, Unit
from throughline.analytics.measures.figures import Range
from throughline.apps.performance import figures as room
from throughline.apps.performance import sentences as said
from throughline.apps.performance.asked import Asked
from throughline.apps.performance.measure_page import measure_page


@pytest.fixture
def trafford(warehouse):
    """Trafford's NEET or not known, to be altered."""
    return measure_page(warehouse, room.measures()["neet_or_not_known_16_17"], find_area(warehouse, "358"), Asked())


def _with_figure(page, **fields):
    return replace(page, figures={model: figure._replace(**fields) for model, figure in page.figures.items()})


def _with_neighbour_ranks(page, new, old):
    ranks = {"2025": new, "2021": old}
    return replace(page, figures={
        model: figure._replace(neighbours_rank=ranks[model], neighbours_ranked=11) for model, figure in page.figures.items()})


@pytest.mark.parametrize(("places", "ending"), [
    (27, "it would be 27 places further up."), (1, "it would be one place further up."), (0, "its rank would not change."),
])
def test_what_a_point_is_worth(trafford, places, ending):
    sentence = said.worth_of_a_point(_with_figure(trafford, places_per_point=places))
    assert sentence == f"If Trafford were one percentage point lower and nobody else moved, {ending}"


def test_nothing_is_said_of_a_point_where_there_is_no_rank(trafford):
    assert said.worth_of_a_point(_with_figure(trafford, places_per_point=None)) == ""


@pytest.mark.parametrize(("unit", "amount", "words"), [
    (Unit.PERCENT, 1.0, "one percentage point"), (Unit.PERCENT, 0.1, "0.1 percentage points"),
    (Unit.POINTS, 1.0, "one point"), (Unit.SCORE, 0.1, "0.1 points"), (Unit.RATE_PER_100_000, 10.0, "10 points"),
])
def test_a_point_is_named_by_its_unit(trafford, unit, amount, words):
    measure = replace(trafford.measure, unit=unit, point=amount)
    assert f" were {words} lower " in said.worth_of_a_point(replace(trafford, measure=measure))


@pytest.mark.parametrize(("new", "old", "ending"), [
    (5, 6, "The choice of model moves its rank by one place."), (9, 2, "The choice of model moves its rank by 7 places."),
    (4, 4, "The choice of model does not move its rank."),
])
def test_how_far_the_model_moves_the_rank(trafford, new, old, ending):
    sentence = said.choice_of_model(_with_neighbour_ranks(trafford, new, old))
    assert sentence.startswith(f"Among its statistical neighbours of the 2025 model Trafford is {new} of 11; of the 2021 model")
    assert sentence.endswith(ending)


@pytest.mark.parametrize(("new", "old"), [(None, 3), (3, None), (None, None)])
def test_nothing_is_said_of_the_models_when_one_has_no_rank(trafford, new, old):
    assert said.choice_of_model(_with_neighbour_ranks(trafford, new, old)) == ""


def test_the_trend_in_words_is_its_ends_and_its_breaks(trafford):
    known = [point("2022", 5.0, 6.0), point("2023", 4.0, 7.0, joins=False, broken="why")]
    points = [point("2021", None), *known, point("2024", None)]
    assert said.alternative_trend(replace(trafford, points=points)) == (
        "Line chart of Young people aged 16 and 17 who are NEET or not known. Trafford: 5.0% in 2022, 4.0% in 2023. "
        "England in 2023: 7.0%. The series is broken at 2023.")


def test_a_trend_with_a_range_says_all_of_it_at_both_ends(trafford):
    points = [point("2021", 5.0), point("2022", 5.0, estimate=6.0, high=9.0), point("2023", 4.0, estimate=4.5, high=7.0)]
    assert said.alternative_trend(replace(trafford, points=points[1:])) == (
        "Line chart of Young people aged 16 and 17 who are NEET or not known, with the range that it lies in as a band. "
        "Trafford: at least 5.0%, likely 6.0%, at most 9.0% in 2022; at least 4.0%, likely 4.5%, at most 7.0% in 2023.")
    assert "Trafford: 5.0% in 2021; at least 4.0%" in said.alternative_trend(replace(trafford, points=points))


_TRACKED = " are not known than then, which is part of how the range moved."


@pytest.mark.parametrize(("then", "now", "unsure", "words"), [
    ((4.0, 5.0, 9.0), (2.0, 3.0, 6.0), False, "Both ends went the same way, so that is better unless those not known are more "
     f"often NEET than they were. Fewer{_TRACKED}"),
    ((2.0, 3.0, 6.0), (4.0, 5.0, 8.0), False, "Both ends went the same way, so that is worse unless those not known are less "
     "often NEET than they were."),
    ((6.0, 6.5, 7.0), (4.0, 4.2, 5.0), False, "The two ranges do not meet, so that is better whoever of those not known is "
     "NEET."),
    ((4.0, 6.0, 9.0), (5.0, 5.5, 6.0), True, "Its two ends did not go the same way, so whether that is better or worse cannot be "
     f"told. Fewer{_TRACKED}"),
    ((4.0, 6.0, 6.0), (4.0, 5.5, 9.0), False, f"More{_TRACKED}"),
])
def test_of_a_change_is_said_what_is_sure_and_that_finding_people_is_part_of_it(trafford, then, now, unsure, words):
    page = _with_figure(trafford, change=now[0] - then[0], previous_period="2024", unsure=unsure)
    low, likely, high = then
    assert said.how_its_range_moved(replace(page, between=Range(*now), before=Range(*then))) == (
        f"NEET was at least {low}%, likely {likely}%, at most {high}% in 2024. {words}")


def test_nothing_is_said_of_how_a_range_moved_where_one_is_not_told(trafford):
    assert said.how_its_range_moved(trafford) == ""
    assert said.how_its_range_moved(replace(trafford, between=Range(1.0, 2.0, 3.0))) == ""


def test_a_trend_of_nothing_says_so(trafford):
    assert said.alternative_trend(replace(trafford, points=[point("2021", None)])).endswith("Trafford has no figures.")


def test_the_strip_in_words(trafford):
    figure = {"lowest": 1.0, "highest": 9.0, "value": 4.2}
    ranked = _with_figure(trafford, **figure, rank=53, ranked=153)
    assert said.alternative_strip(ranked).endswith("from 1.0% to 9.0%. Trafford is at 4.2%, 53 of 153.")
    assert said.alternative_strip(_with_figure(trafford, **figure, rank=None)).endswith("from 1.0% to 9.0%.")


def test_the_map_in_words(trafford):
    assert said.alternative_map(_with_figure(trafford, quintile=2)).endswith("Trafford is in fifth 2.")
    assert said.alternative_map(_with_figure(trafford, quintile=None)).endswith("who are NEET or not known.")


def test_gaps_in_words_are_the_latest_of_each_group(trafford):
    rows = [gap("2023", "Boys", 1.0), gap("2024", "Boys", 2.0), gap("2023", "Girls", 3.0), gap("2024", "Girls", None)]
    words = said.alternative_gap(trafford, Breakdown("sex", "Sex", "All", {}), rows)
    assert words == "Line chart of the gap by sex for Trafford. Boys: 2.0% in 2024; Girls: 3.0% in 2023."
