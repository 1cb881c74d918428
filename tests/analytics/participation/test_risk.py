"""The risk of becoming NEET: points, bands, the reason for each point, and what was not known."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.participation.risk import load_risk
from throughline.core.problems import RefusedFileError

RULES = load_risk(settings.DEFINITIONS).on(date(2026, 10, 31))
NOTHING = {"attendance_percent": 95, "english_as_an_additional_language": False, "free_school_meals": False, "in_custody": False,
           "share_of_absence_from_exclusion_percent": 0}
# traits, facts that differ from nothing, points, band
SCORES = [
    ([], {}, 0, "none"),
    ([], {"attendance_percent": 90}, 0, "none"),
    ([], {"attendance_percent": 89.9}, 1, "offer"),
    ([], {"attendance_percent": 84.9}, 2, "additional"),
    ([], {"attendance_percent": 85}, 1, "offer"),
    (["ehc_plan"], {}, 2, "additional"),
    (["sen_support"], {"free_school_meals": True}, 3, "additional"),
    (["110", "170"], {}, 4, "substantial"),
    (["120", "180", "190"], {}, 2, "additional"),
    ([], {"share_of_absence_from_exclusion_percent": 1}, 1, "offer"),
    ([], {"share_of_absence_from_exclusion_percent": 50.1}, 2, "additional"),
    (["160"], {}, 0, "none"),
]


@pytest.mark.parametrize(("traits", "facts", "points", "band"), SCORES)
def test_points_and_bands(traits, facts, points, band):
    score = RULES.score(traits, NOTHING | facts)
    assert (score.points, score.band, score.unknown) == (points, band, ())
    assert sum(reason.points for reason in score.reasons) == points


def test_what_is_not_known_gives_no_points_and_is_said():
    score = RULES.score(["110"], {"free_school_meals": True})
    assert score.points == 4
    assert score.unknown == ("Attendance", "English as an additional language", "Suspended or excluded", "In custody")
    assert score.most == 4 + 2 + 1 + 2 + 2


FACTS = st.fixed_dictionaries({name: st.none() | (st.integers(0, 100) if name.endswith("percent") else st.booleans())
                               for name in NOTHING})
TRAITS = st.sets(st.sampled_from(["110", "120", "140", "170", "180", "190", "200", "ehc_plan", "sen_support"]))


@given(TRAITS, FACTS)
def test_learning_more_never_takes_a_point_away_nor_goes_beyond_the_most(traits, facts):
    before = RULES.score(traits, facts)
    after = RULES.score(traits, {name: NOTHING[name] if value is None else value for name, value in facts.items()})
    dire = dict.fromkeys(NOTHING, True) | {"attendance_percent": 0, "share_of_absence_from_exclusion_percent": 100}
    worst = RULES.score(traits, {name: dire[name] if value is None else value for name, value in facts.items()})
    assert before.points == after.points
    assert worst.points == before.most


@pytest.mark.parametrize("written", [
    "", '[[edition]]\nfrom = 2015-04-01\nconfidence = "high"\nsource = "a test"\nfactor = []\nband = []\n',
    '[[edition]]\nfrom = 2015-04-01\nconfidence = "high"\nsource = "a test"\n'
    'factor = [{ id = "empty", title = "Empty" }]\nband = [{ from = 0, id = "none", title = "None" }]\n',
])
def test_rules_that_cannot_be_read_are_refused(tmp_path, written):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "risk_of_neet.toml").write_text(written, encoding="utf-8")
    with pytest.raises(RefusedFileError, match=r"risk_of_neet\.toml"):
        load_risk(tmp_path)


def test_values_said_as_they_are_change_nothing_and_a_name_it_does_not_have_says_nothing():
    assert RULES.amended(RULES.values()) == RULES
    assert RULES.amended({"factor-gone-points": 3, "band-gone-from": 1}) == RULES


@given(TRAITS, FACTS, st.integers(0, 20))
def test_points_said_otherwise_count_just_so_much_more(traits, facts, points):
    """Of one factor: a score differs by what that factor gives, and by nothing else."""
    before = {one.title: one.points for one in RULES.score(traits, facts).reasons}
    after = {one.title: one.points for one in RULES.amended({"factor-ehc_plan-points": points}).score(traits, facts).reasons}
    title = "Education, health and care plan"
    others = {each: given for each, given in before.items() if each != title}
    assert after == (others | {title: points} if points and "ehc_plan" in traits else others)
