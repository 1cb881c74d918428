"""What rating the system proposes: the worst that anything speaks for, with every reason, and never green for silence."""

import shutil

import pytest

from tests.apps.plans.going import a_milestone, a_plan, an_action, in_days, said
from throughline.apps.indicators.actions.register import register_indicator
from throughline.apps.indicators.actions.values import enter_value
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans import proposing
from throughline.apps.plans.models import Action, Step
from throughline.apps.plans.proposing import propose, propose_all
from throughline.apps.plans.rules import rating_rules
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db


def _rag(action: Action) -> str:
    return propose(action, in_days(0)).rag


@pytest.mark.parametrize(
    ("days", "words", "rag"),
    [
        (-1, {}, "amber"), (-28, {}, "amber"), (-29, {}, "red"), (0, {}, ""), (30, {}, ""), (None, {}, ""),
        (-90, {"ongoing": True}, ""), (-90, {"recurrence": "termly"}, ""), (-90, {"state": "done"}, "green"),
        (-90, {"state": "stopped"}, ""),
    ],
)
def test_how_late_the_action_is(days, words, rag):
    assert _rag(an_action(a_plan(), days=days, **words)) == rag


@pytest.mark.parametrize(("days", "rag"), [(1, ""), (-1, "amber"), (-29, "red")])
def test_how_late_its_milestones_are(days, rag):
    action = an_action(a_plan())
    a_milestone(action, days, "Protocol signed")
    found = propose(action, in_days(0))
    assert found.rag == rag
    assert ("Protocol signed" in found.reason) == (days < 0)


def test_a_milestone_that_was_met_is_not_late_and_speaks_for_green():
    action = an_action(a_plan())
    milestone = a_milestone(action, -40)
    milestone.met_on = in_days(-35)
    milestone.save()
    assert _rag(action) == "green"


@pytest.mark.parametrize("rag", ["red", "green", ""])
def test_a_fresh_update_speaks_for_no_rating_by_itself_and_an_old_one_is_amber(by, rag):
    action = an_action(a_plan())
    assert _rag(action) == ""
    update = said(by, action, rag, days=-92)
    assert _rag(action) == ""
    update.as_at = in_days(-93)
    update.save()
    assert _rag(action) == "amber"
    update.undone_at = update.at
    update.save()
    assert _rag(action) == ""


def test_steps_left_close_to_the_day_are_amber(by):
    action = an_action(a_plan(), days=14)
    done, left = (Step.objects.create(action=action, text=text) for text in ("One", "Two"))
    assert _rag(action) == "amber"
    done.done_on = left.done_on = in_days(-1)
    done.save()
    assert "1 of 2 steps still to be done" in propose(action, in_days(0)).reason
    left.save()
    assert _rag(action) == "green"


def test_the_worst_wins_and_only_its_reasons_are_given(by):
    action = an_action(a_plan(), days=-3)
    a_milestone(action, -60, "Signed")
    said(by, action, "green", days=-1)
    found = propose(action, in_days(0))
    assert found.rag == "red"
    assert "Signed" in found.reason
    assert "3 days ago" not in found.reason


@pytest.mark.parametrize(("value", "verdict", "rag"), [(70.0, "met", "green"), (40.0, "missed", "amber")])
@pytest.mark.usefixtures("warehouse")
def test_an_indicator_speaks_by_its_own_rating_and_a_figure_that_lags_is_no_more_than_amber(by, value, verdict, rag):
    action = an_action(a_plan())
    indicator = register_indicator(
        by=by, area="358", title="Schools with a named lead", unit="percent", target_words="at least 60%",
        polarity="higher_is_better", due_printed="August 2024", baseline_printed="30%")
    enter_value(by=by, indicator=indicator, period="2023/24", value=value)
    action.indicators.add(indicator)
    found = propose(action, in_days(0))
    assert (found.rag, verdict in found.reason) == (rag, True)
    Indicator.objects.update(state=Indicator.State.RETIRED)
    assert propose(action, in_days(0)).rag == ""


def test_figures_that_not_everybody_may_see_are_left_out(by, monkeypatch):
    action, asked = an_action(a_plan()), {}
    action.indicators.add(Indicator.objects.create(area="358", title="Employers who offer a placement"))
    monkeypatch.setattr(proposing, "judge_all", lambda *_, **how: asked.update(how) or {})
    propose(action, in_days(0))
    assert asked == {"entered": False, "counted": True}


def test_many_actions_take_as_many_queries_as_one(django_assert_max_num_queries, by):
    plan = a_plan()
    actions = [an_action(plan, f"1.{n}", days=-n) for n in range(30)]
    with django_assert_max_num_queries(5):
        assert len(propose_all(actions, in_days(0))) == 30


def test_a_rule_that_is_wrong_is_refused_and_one_that_is_changed_is_used(settings, tmp_path):
    shutil.copytree(settings.DEFINITIONS / "rules", tmp_path / "rules")
    path = tmp_path / "rules" / "plan_ratings.toml"
    stated = path.read_text()
    settings.DEFINITIONS = tmp_path
    path.write_text(stated.replace("red_after_days = 28", "red_after_days = 0", 1))
    assert rating_rules().action.rag(1) == "red"
    path.write_text(stated.replace("red_after_days = 28", 'red_after_days = "soon"', 1) + "\n")
    with pytest.raises(RefusedFileError, match="soon"):
        rating_rules()
    path.write_text(stated.replace('red = "amber"', 'red = "purple"', 1) + "\n\n")
    with pytest.raises(RefusedFileError, match="purple"):
        rating_rules()
