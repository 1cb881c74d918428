"""Which measure an indicator probably follows, from the words plans really use."""

import pytest

from tests.cast import make_user
from throughline.apps.indicators import actions
from throughline.apps.indicators.suggest import suggestions


@pytest.mark.parametrize(
    ("title", "cohort", "measure"),
    [
        ("NEET and not known", "16-17", "neet_or_not_known_16_17"),
        ("Increase the % of young people achieving Level 3 by 19", "", "level_3_by_19"),
        ("Participation in education and training at ages 16 & 17", "", "participation_16_17"),
        ("percentage of schools judged good or outstanding", "", "schools_good_or_better"),
        ("Attainment 8", "Disadvantaged pupils", "attainment_8_disadvantaged"),
        ("Care leavers aged 19 to 21 in education, employment or training", "", "care_leavers_in_education_employment_training"),
        ("September guarantee offers made", "", "september_guarantee"),
        ("Young people with EHC plans who are NEET or not known", "", "neet_or_not_known_16_17_ehc_plan"),
        ("Persistent absence", "", "persistent_absence"),
    ],
)
def test_the_likeliest_measure_comes_first_with_a_reason(db, title, cohort, measure):
    best = suggestions(title, cohort)[0]
    assert best.measure.id == measure
    assert best.reason


@pytest.mark.parametrize("title", ["Number of new cycle lanes", "Take-up of the travel pass", ""])
def test_words_of_something_else_suggest_nothing(db, title):
    assert suggestions(title) == []


def test_a_measure_of_one_group_is_not_offered_first_for_everybody(db):
    assert suggestions("NEET at 16-17")[0].measure.id in ("neet_16_17", "neet_or_not_known_16_17")


def test_only_a_measure_beyond_doubt_is_followed_where_that_is_asked_for(registered):
    by = make_user("data_officer")
    sure, unsure, already = (registered("Schools judged good or outstanding"), registered("Something about schools"),
                             registered("Attainment 8", measure="neet_16_17"))
    assert actions.follow_suggested(by=by, indicator=sure).measure.id == "schools_good_or_better"
    assert (sure.measure, sure.unit) == ("schools_good_or_better", "percent")
    assert "Follows the scorecard's measure" in sure.changes.first().reason
    assert actions.follow_suggested(by=by, indicator=unsure) is None
    assert actions.follow_suggested(by=by, indicator=already) is None
    assert (unsure.measure, already.measure) == ("", "neet_16_17")


def test_registering_never_follows_anything_by_itself(registered):
    assert registered("Schools judged good or outstanding").measure == ""


def test_words_put_right_in_the_definitions_count_at_once(monkeypatch):
    from throughline.apps.indicators import suggest

    stated = suggest.vocabulary()
    for made_up in ("flumps", "wibbles"):
        same = [["neet", made_up], *stated["suggestions"]["same"]]
        changed = {**stated, "suggestions": {**stated["suggestions"], "same": same}}
        monkeypatch.setattr(suggest, "vocabulary", lambda changed=changed: changed)
        monkeypatch.setattr(suggest, "id", lambda _: 1, raising=False)  # as when one object comes to lie where another lay
        assert suggest._words(made_up) == suggest._words("neet")
