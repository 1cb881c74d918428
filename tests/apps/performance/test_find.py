"""Finding a measure by words: whole, begun, misspelt, or none."""

import pytest

from tests.apps.performance.reading import links, main
from throughline.analytics.measures.load import load_measures
from throughline.apps.performance.finding import find


@pytest.fixture(scope="module")
def measures(definitions):
    return list(load_measures(definitions).values())


def _ids(measures, words) -> list[str]:
    return [measure.id for measure in find(measures, words)]


def test_the_title_counts_for_more_than_the_small_print(measures):
    assert _ids(measures, "attainment 8")[0] == "attainment_8"
    assert _ids(measures, "september guarantee")[0] == "september_guarantee"
    assert "progress_8" in _ids(measures, "gcse")


@pytest.mark.parametrize(("begun", "whole"), [
    ("absen", "overall_absence"), ("guarant", "september_guarantee"), ("ATTAIN", "attainment_8"),
])
def test_a_word_may_be_begun_only_and_in_either_case(measures, begun, whole):
    assert whole in _ids(measures, begun)


@pytest.mark.parametrize(("misspelt", "meant"), [
    ("abscence", "overall_absence"), ("aprenticeship", "apprenticeships_16_17"), ("fonics", "phonics_year_1"),
    ("gaurantee", "september_guarantee"),
])
def test_a_misspelt_word_is_taken_for_the_nearest(measures, misspelt, meant):
    assert meant in _ids(measures, misspelt)


@pytest.mark.parametrize(("words", "meant"), [
    ("NEET", "neet_or_not_known_16_17"), ("resits", "level_2_english_and_maths_by_19_not_at_16"),
    ("care leavers", "care_leavers_in_education_employment_training"),
])
def test_words_of_the_field_are_known_by_keyword(measures, words, meant):
    assert meant in _ids(measures, words)


def test_every_word_must_be_answered_to(measures):
    both = set(_ids(measures, "maths absence"))
    assert both <= set(_ids(measures, "maths")) & set(_ids(measures, "absence"))
    assert set(_ids(measures, "level 3 by 19")) < set(_ids(measures, "level 3"))


@pytest.mark.parametrize("words", ["", "   ", "!?", "zzzzqqqq", "—"])
def test_nothing_answers_to_nothing(measures, words):
    assert _ids(measures, words) == []


@pytest.mark.parametrize("id", ["neet_16_17", "progress_8", "severe_absence", "youth_reoffending_15_17"])
def test_a_measures_own_title_finds_it(measures, id):
    title = next(measure.title for measure in measures if measure.id == id)
    assert _ids(measures, title)[0] == id


def test_the_page_lists_what_was_found_and_leads_to_it_for_ones_own_authority(cast):
    answer = cast("employer", area="358").get("/measures/", {"q": "neet"})
    assert "for “neet”, Trafford" in main(answer)
    assert "/authorities/358/measures/neet_16_17/" in links(answer)


def test_it_begins_with_every_measure_of_ones_own_authority_or_of_england(officer, cast, measures):
    own = [link for link in links(officer.get("/measures/")) if link.startswith("/authorities/358/measures/")]
    assert len(own) == len(set(own)) == len(measures)
    everything = links(cast("employer", area="").get("/measures/"))
    of_england = [link for link in everything if link.startswith("/authorities/970/measures/")]
    assert len(of_england) == len(set(of_england)) == len([measure for measure in measures if measure.published])


def test_it_looks_for_another_authority_when_asked(officer):
    assert "/authorities/202/measures/neet_16_17/" in links(officer.get("/measures/?q=neet&area=202"))
    assert officer.get("/measures/?q=neet&area=traford").status_code == 404


def test_somebody_of_an_authority_that_is_not_one_is_shown_england(cast):
    assert "England" in main(cast("employer", area="123").get("/measures/?q=neet"))


def test_nothing_found_says_what_to_do_next(officer):
    said = main(officer.get("/measures/?q=zzzzqqqq"))
    assert "0 measures for “zzzzqqqq”" in said
    assert "Try fewer or plainer ones" in said


def test_long_and_odd_words_do_no_harm(officer):
    answer = officer.get("/measures/", {"q": "<script>" + "x" * 5000})
    assert answer.status_code == 200
    assert "<script>x" not in answer.content.decode()


def test_entered_measures_are_found_only_by_those_who_may_see_them(cast):
    assert "enterprise adviser" in main(cast("strategy_lead", area="358").get("/measures/?q=enterprise"))
    assert "enterprise adviser" not in main(cast("employer").get("/measures/?q=enterprise"))
