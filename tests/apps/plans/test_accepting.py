"""A tree that was read becomes a plan: nothing lost, what it names found, and all of it or nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.plans.marlshire import AREA, RECOMMENDATION, marlshire
from throughline.analytics.planreading.asjson import as_json, from_json
from throughline.analytics.planreading.document import Source
from throughline.analytics.planreading.tree import CrossReference, Measure, Owner
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.indicators_shown import indicators_shown
from throughline.apps.plans.models import Action, Cost, Inspection, Plan, Recommendation
from throughline.apps.plans.models import CrossReference as Reference
from throughline.apps.plans.trees import plan_tree

pytestmark = pytest.mark.django_db


def test_what_was_accepted_reads_back_the_same(plan):
    read, kept = marlshire(), plan_tree(plan)
    assert kept.sections == read.sections
    assert (kept.title, kept.period, kept.organisations, kept.glossary) == (
        read.title, read.period, read.organisations, read.glossary)
    assert [(m.number, m.text, m.baseline, m.target, m.due, m.direction, m.section) for m in kept.measures] == [
        ("1", "NEET at 16 and 17", "6.1%", "5.5% or less", "September 2018", "down", "1.1"),
        ("2", "Apprentices", "to be determined", "at least 700 a year", "", "up", ""),
    ]


def test_the_tree_takes_the_same_queries_however_many_actions(plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        plan_tree(plan)


def test_times_are_understood(plan):
    due = dict(Action.objects.filter(plan=plan).values_list("text", "due_on"))
    assert due == {"Agree who tells whom when a learner leaves": date(2016, 9, 30), "Ring every family": None,
                   "Start three new courses": None, "Publish the prospectus": None}
    assert Action.objects.get(text="Ring every family").recurrence == "termly"
    first = Action.objects.get(number="1.1.1")
    assert [(m.due_on, m.recurrence) for m in first.milestones.all()] == [(date(2016, 7, 31), ""), (None, "termly")]
    assert (plan.starts_on, plan.ends_on) == (date(2016, 1, 1), date(2018, 12, 31))


def test_owners_are_found_in_the_directory_or_added_and_a_code_nobody_knows_stays_printed(plan):
    owners = Action.objects.get(number="1.1.1").owners.all()
    assert [(each.printed, each.party and each.party.name) for each in owners] == [("HOI", "Head of Inclusion"), ("QQZ", None)]
    assert sorted(Party.objects.filter(area=AREA).values_list("name", "kind")) == [
        ("Head of Inclusion", "post"), ("Marlshire College", "organisation")]
    assert list(Party.objects.get(name="Head of Inclusion").codes.values_list("code", flat=True)) == ["HOI"]


def test_a_code_is_known_by_the_plans_own_glossary(by):
    read = marlshire()
    read.sections[0].sections[1].actions[1].owners = [Owner("DCS", "", "DCS")]
    read.glossary["DCS"] = "Director of Children's Services"
    accept_tree(by=by, area=AREA, tree=read)
    owner = Action.objects.get(text="Publish the prospectus").owners.get()
    assert (owner.printed, owner.party.name) == ("DCS", "Director of Children's Services")


def test_a_number_printed_twice_refers_to_the_other_of_the_two(by):
    read = marlshire()
    first, second = read.sections[0].sections[1].actions
    for each in (first, second):
        each.cross_references = [CrossReference("see also 1.2.1", "1.2.1", "action", True)]
    accept_tree(by=by, area=AREA, tree=read)
    pointed = Reference.objects.filter(printed="see also 1.2.1").values_list("action__text", "to_action__text")
    assert set(pointed) == {(first.text, second.text), (second.text, first.text)}


def test_an_amount_is_a_row_and_words_alone_are_one_too(plan):
    rows = Cost.objects.order_by("action__position").values_list("printed", "amount", "basis", "fund")
    assert list(rows) == [("£50k per annum from the grant", 50000, "per year", "the grant"),
                          ("Partners' core contributions", None, "", "")]


def test_references_are_resolved_and_the_broken_ones_kept(plan):
    rows = Reference.objects.filter(action__number="1.1.1")
    assert [(row.printed, row.broken, row.to_action and row.to_action.text) for row in rows] == [
        ("see 1.2.1", False, "Start three new courses"), ("see 9.9.9", True, None), ("XR Skills plan", False, None)]


def test_a_reference_to_a_plan_we_hold_points_at_it(by, plan):
    other = marlshire()
    other.sections[0].sections[0].actions[1].cross_references = [
        CrossReference("XR Marlshire Post-16 Plan", "Marlshire Post-16 Plan", "plan")]
    later = accept_tree(by=by, area=AREA, tree=other, title="Skills plan")
    assert Reference.objects.get(action__plan=later, action__number="1.1.2").to_plan == plan


def test_printed_recommendations_are_kept_once_and_answered(by, plan):
    later = accept_tree(by=by, area=AREA, tree=marlshire(), previous=plan)
    assert Inspection.objects.get().title == "Recommendations as printed in “Marlshire post-16 plan”"
    assert list(Recommendation.objects.values_list("number", flat=True)) == ["1", "2"]
    answered = Recommendation.objects.get(text=RECOMMENDATION).answered_by
    assert {section.plan for section in answered.all()} == {plan, later}


def test_a_priority_that_says_what_it_answers_is_tied_to_it(by):
    read = marlshire()
    read.sections[0].sections[1].answers = [CrossReference("areas of improvement: 2", "2", "section", True)]
    plan = accept_tree(by=by, area=AREA, tree=read)
    answers = plan.sections.get(number="1.2").answers.values_list("text", flat=True)
    assert list(answers) == ["Give every pupil impartial guidance"]


def test_one_promise_is_one_indicator_and_another_target_is_another(by, plan):
    other = marlshire()
    other.measures.append(Measure("Apprentices", Source(), "2", target="at least 900 a year"))
    accept_tree(by=by, area=AREA, tree=other, title="Skills plan")
    assert sorted(Indicator.objects.values_list("title", "target_words")) == [
        ("Apprentices", "at least 700 a year"), ("Apprentices", "at least 900 a year"), ("NEET at 16 and 17", "5.5% or less")]


def test_what_a_section_answers_is_found_again_where_it_was_recommended(by, plan):
    inspections = [Inspection.objects.create(area=AREA, title=title) for title in ("Local area inspection", "Progress check")]
    asked = [Recommendation.objects.create(inspection=each, number="1", text="Plan places with schools") for each in inspections]
    plan.sections.get(number="1.2").answers.add(asked[1])
    kept = from_json(as_json(plan_tree(plan)))
    again = accept_tree(by=by, area=AREA, tree=kept, title="Again")
    assert again.sections.get(number="1.2").answers.get() == asked[1]
    assert Inspection.objects.count() == 3  # these two, and the plan's own
    assert kept.sections[0].sections[1].answers[0].target == "1"


def test_an_inspection_without_a_day_comes_after_those_with_one(by, plan):
    Inspection.objects.create(area=AREA, title="Dated", held_on=date(2016, 1, 1))
    assert "NULLS LAST" in str(Inspection.objects.all().query)  # PostgreSQL puts the missing first unless it is told
    assert Inspection.objects.first().title == "Dated"


def test_of_two_inspections_with_the_same_words_the_newest_is_answered(by):
    for title, held_on in (("Undated", None), ("Older", date(2014, 1, 1)), ("Newer", date(2015, 1, 1))):
        made = Inspection.objects.create(area=AREA, title=title, held_on=held_on)
        Recommendation.objects.create(inspection=made, text=RECOMMENDATION)
    with CaptureQueriesContext(connection) as asked:
        plan = accept_tree(by=by, area=AREA, tree=marlshire())
    assert plan.sections.get(title=RECOMMENDATION).answers.get().inspection.title == "Newer"
    (ordered,) = [each["sql"] for each in asked if "plans_recommendation" in each["sql"] and "held_on" in each["sql"]
                  and "ORDER BY" in each["sql"]]
    assert "NULLS LAST" in ordered


def test_a_plan_of_another_authority_cannot_be_followed(by, plan):
    with pytest.raises(ValueError, match="its own authority"):
        accept_tree(by=by, area="202", tree=marlshire(), previous=plan)


def test_half_a_plan_is_never_kept(by, monkeypatch):
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("throughline.apps.plans.actions.accepting.link_recommendations", fails)
    with pytest.raises(RuntimeError):
        accept_tree(by=by, area=AREA, tree=marlshire())
    assert not Plan.objects.exists() and not Party.objects.exists() and not Indicator.objects.exists()


def test_the_audit_says_how_much_was_taken_in_and_names_no_owner(plan):
    entry = AuditEntry.objects.get(subject_kind="plan")
    assert (entry.verb, entry.detail) == ("created", {"sections": [None, 4], "actions": [None, 4], "indicators": [None, 2]})


def test_what_a_plan_says_is_out_of_use_stands_in_the_register_with_the_reason_and_is_not_judged(by):
    """A deleted indicator, and a note on a number that the plan gives to nothing any more, are no targets of today."""
    deleted, amended = "KPI 6 has been deleted for want of figures.", "KPI 9 has been amended to mean pathways."
    read = marlshire()
    read.measures += [
        Measure(deleted, Source(line=90), number="KPI 6", status="deleted", notes=[deleted]),
        Measure(amended, Source(line=91), number="KPI 9", status="amended", notes=[amended]),
        Measure("Schools that share data", Source(line=92), number="KPI 3", target="All", status="amended", notes=["Reworded."]),
    ]
    for title in ("First", "The same again"):
        made = accept_tree(by=by, area=AREA, tree=read, title=title)
    states = Indicator.objects.filter(number__startswith="KPI").values_list("number", "state", "state_reason")
    assert sorted(states) == [("KPI 3", "active", ""), ("KPI 6", "retired", deleted), ("KPI 9", "retired", amended)]
    shown = indicators_shown(made, by, date(2026, 9, 1))
    assert "KPI 3" in [result.indicator.number for result in shown.results]
    assert not {"KPI 6", "KPI 9"} & {result.indicator.number for result in shown.results}
