"""The next version of a plan holds what was done, spent and tied by hand, and its own parts refer to one another."""

from datetime import date
from decimal import Decimal

import pytest
from django.forms.models import model_to_dict

from tests.apps.plans.marlshire import AREA
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators.actions import retire
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans.actions import approving
from throughline.apps.plans.actions.copying import copy_plan
from throughline.apps.plans.models import (
    Action,
    CalendarEntry,
    Cost,
    CrossReference,
    Inspection,
    Milestone,
    Plan,
    Recommendation,
    Section,
    SuccessCriterion,
    Update,
)
from throughline.apps.plans.trees import plan_tree

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


def of(plan: Plan, number: str = "1.1.1") -> Action:
    """The first action with a number."""
    return plan.actions.filter(number=number).first()


def test_everything_printed_is_copied(by, plan):
    made = copy_plan(by=by, plan=plan, title="Second version")
    assert plan_tree(made).sections == plan_tree(plan).sections
    assert plan_tree(made).measures == plan_tree(plan).measures
    assert (made.title, made.state, made.previous, made.made_by, made.approved_on) == ("Second version", "draft", plan, by, None)
    assert (made.starts_on, made.ends_on, made.glossary) == (plan.starts_on, plan.ends_on, plan.glossary)


def test_what_was_done_stays_done(by, plan):
    Action.objects.filter(pk=of(plan).pk).update(state="done", state_reason="All of it", state_on=DAY)
    of(plan).steps.filter(position=0).update(done_on=DAY, done_by=by)
    of(plan).milestones.filter(position=1).update(met_on=DAY, met_by=by, note="Minute 9")
    made = of(approving.start_next_version(by=by, plan=plan))
    assert (made.state, made.state_reason, made.state_on) == ("done", "All of it", DAY)
    assert [(step.done_on, step.done_by) for step in made.steps.all()] == [(DAY, by), (None, None)]
    assert list(Milestone.objects.filter(action=made).values_list("met_on", "note")) == [(None, ""), (DAY, "Minute 9")]


def test_each_cost_keeps_its_own_words_its_year_and_what_was_spent(by, plan):
    of(plan).costs.update(year="2016-17", spent=Decimal("1200.50"))
    Cost.objects.create(action=of(plan), position=1, printed="£20k once", amount=20000, fund="Reserves", year="2017-18")
    made = of(approving.start_next_version(by=by, plan=plan))
    assert list(made.costs.values_list("printed", "amount", "fund", "year", "spent")) == [
        ("£50k per annum from the grant", 50000, "the grant", "2016-17", Decimal("1200.50")),
        ("£20k once", 20000, "Reserves", "2017-18", None)]


def test_an_indicator_under_two_priorities_stays_under_both(by, plan):
    shared = Indicator.objects.get(number="1")
    plan.sections.get(number="1.2").indicators.add(shared)
    of(plan).indicators.add(shared)
    made = approving.start_next_version(by=by, plan=plan)
    assert list(shared.sections.filter(plan=made).values_list("number", flat=True)) == ["1.1", "1.2"]
    assert of(made).indicators.get() == shared
    assert made.indicators.get().title == "Apprentices"
    assert Indicator.objects.count() == 2


def test_a_criterion_keeps_the_indicator_that_counts_it(by, plan):
    shared = Indicator.objects.get(number="2")
    SuccessCriterion.objects.filter(action=of(plan)).update(indicator=shared)
    SuccessCriterion.objects.create(plan=plan, text="Of the whole plan")
    made = approving.start_next_version(by=by, plan=plan)
    assert SuccessCriterion.objects.get(action=of(made)).indicator == shared
    assert made.criteria.get(section=None, action=None).text == "Of the whole plan"
    assert plan.criteria.count() == made.criteria.count() == 3


def test_a_section_answers_the_very_recommendation_it_answered(by, plan):
    real = Inspection.objects.create(area=AREA, title="Local area inspection", held_on=DAY)
    asked = Recommendation.objects.create(inspection=real, number="4", text="Plan places for learners with high needs")
    plan.sections.get(number="1.2").answers.add(asked)
    made = approving.start_next_version(by=by, plan=plan)
    assert made.sections.get(number="1.2").answers.get() == asked
    assert Inspection.objects.count() == 2 and Recommendation.objects.count() == 3


def test_a_retired_indicator_stays_retired(by, plan):
    retire(by=by, indicator=Indicator.objects.get(number="2"), reason="Counted no more")
    made = approving.start_next_version(by=by, plan=plan)
    assert Indicator.objects.get(number="2").plans.contains(made)
    assert list(Indicator.objects.values_list("state", flat=True)) == ["active", "retired"]


def test_references_point_at_the_copies_and_at_other_plans_as_they_did(by, plan):
    other = Action.objects.create(plan=(away := Plan.objects.create(area=AREA, title="Skills plan")),
                                  section=Section.objects.create(plan=away, title="One"), text="Elsewhere")
    gone = of(plan, "1.1.2")
    for to in ({"to_action": other}, {"to_section": plan.sections.get(number="1.2")}, {"to_action": gone}):
        CrossReference.objects.create(action=of(plan), position=9, kind="depends", printed="by hand", **to)
    Action.objects.filter(pk=gone.pk).update(removed_at="2026-09-01T00:00Z")
    made = approving.start_next_version(by=by, plan=plan)
    printed = of(made).references.get(printed="see 1.2.1")
    assert (printed.to_action.plan, printed.to_action.text) == (made, "Start three new courses")
    first, second, third = of(made).references.filter(printed="by hand")
    assert (first.to_action, second.to_section, third.to_action) == (other, made.sections.get(number="1.2"), None)


def test_what_was_taken_out_is_not_copied_and_what_is_of_the_day_stays(by, plan):
    Section.objects.filter(number="1.2").update(removed_at="2026-09-01T00:00Z")
    CalendarEntry.objects.create(area=AREA, plan=plan, title="Review", starts_on=DAY)
    Update.objects.create(action=of(plan), rag="green", by=by)
    made = approving.start_next_version(by=by, plan=plan)
    assert sorted(Action.with_removed.filter(plan=made).values_list("number", flat=True)) == ["1.1.1", "1.1.2"]
    assert Section.with_removed.filter(plan=made).count() == 3
    assert (plan.calendar.count(), made.calendar.count(), of(plan).updates.count(), of(made).updates.count()) == (1, 0, 1, 0)


def test_leads_and_owners_keep_whom_they_are(by, plan):
    made = approving.start_next_version(by=by, plan=plan)
    before, after = (of(each).section.leads.get() for each in (plan, made))
    left_out = ("id", "section", "action")
    assert model_to_dict(after, exclude=left_out) == model_to_dict(before, exclude=left_out)
    assert [each.party_id for each in of(made).owners.all()] == [each.party_id for each in of(plan).owners.all()]


def test_the_audit_says_how_much_was_copied(by, plan):
    made = copy_plan(by=by, plan=plan, title="Second version")
    entry = AuditEntry.objects.get(subject_kind="plan", subject_id=str(made.pk))
    assert (entry.verb, entry.detail) == ("created", {"sections": [None, 4], "actions": [None, 4], "indicators": [None, 2]})
