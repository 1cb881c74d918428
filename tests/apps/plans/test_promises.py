"""A next version that promises otherwise: told apart while it is a draft, handed over when it is approved."""

from datetime import date

import pytest

from tests.apps.performance.reading import table
from tests.apps.plans.going import a_plan
from tests.apps.plans.marlshire import AREA, marlshire
from throughline.apps.indicators.actions import amend_indicator, enter_value, retire
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Board
from throughline.apps.plans.actions import approving
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.actions.editing import remove_plan, restore_plan
from throughline.apps.plans.models import SuccessCriterion
from throughline.apps.plans.trees import indicators_of, plan_tree

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
NEET, APPRENTICES = "NEET at 16 and 17", "Apprentices"


@pytest.fixture
def approve(by):
    """Approves a plan, as the partnership's board does."""
    board = Board.objects.create(area=AREA, name="Marlshire Partnership Board")

    def approves(plan):
        approving.approve_plan(by=by, plan=plan, board=board, approved_on=DAY)
        plan.refresh_from_db()

    return approves


@pytest.fixture
def approved(plan, approve):
    approve(plan)
    return plan


def next_version(by, plan, *, change=None, **changed):
    """The next version as read, its second measure changed in these fields; or else whatever change does to the tree."""
    read = marlshire()
    for name, value in changed.items():
        setattr(read.measures[1], name, value)
    if change:
        change(read)
    return accept_tree(by=by, area=AREA, tree=read, title="Second version", previous=plan)


def the(plan, title=APPRENTICES):
    """The indicator of a plan with a title."""
    (found,) = [each for each in indicators_of(plan) if each.title == title]
    return found


def test_the_draft_leaves_the_indicators_of_the_approved_plan_as_they_are(by, approved):
    later = next_version(by, approved, target="at least 900 a year")
    before, after = the(approved), the(later)
    assert (before.target_words, after.target_words) == ("at least 700 a year", "at least 900 a year")
    assert (before.state, after.state) == ("active", "active")
    assert list(after.plans.all()) == [later]
    newest = after.changes.first()
    assert newest.reason == "The promise of “Second version”, which follows “2 Apprentices”"
    assert newest.after["follows_id"] == before.pk


def test_the_same_promise_is_shared(by, approved):
    later = next_version(by, approved)
    assert {each.pk for each in indicators_of(later)} == {each.pk for each in indicators_of(approved)}


@pytest.mark.parametrize("changed", [
    {"target": "at most 700 a year"}, {"due": "July 2019"}, {"baseline": "650"}, {"unit": "percent"}, {"number": "7"},
    {"trajectory": [{"period": "2019", "printed": "800", "kind": "target"}]},
])
def test_every_part_of_a_promise_tells_it_apart(by, approved, changed):
    later = next_version(by, approved, **changed)
    assert the(later).pk != the(approved).pk
    ((name, value),) = changed.items()
    measure = next(each for each in plan_tree(later).measures if each.text == APPRENTICES)
    assert getattr(measure, name) == value


def test_a_figure_with_another_point_or_sign_is_another_promise(by, approved):
    def change(read):
        read.measures[0].target, read.measures[1].target = "55% or less", "at least -700 a year"

    later = next_version(by, approved, change=change)
    assert the(later, NEET).target_words == "55% or less"
    assert the(later).target_words == "at least -700 a year"


def test_the_new_indicator_counts_what_the_old_one_did(by, approved):
    amend_indicator(by=by, indicator=the(approved, NEET), reason="Chosen", measure="neet_16_17", confidence="high")
    enter_value(by=by, indicator=the(approved), period="2016/17", value=650, evidence="Returns")

    def change(read):
        read.measures[0].target, read.measures[1].target = "4.5% or less", "at least 900 a year"

    later = next_version(by, approved, change=change)
    assert (the(later, NEET).measure, the(later, NEET).confidence) == ("neet_16_17", "high")
    assert list(the(later).values.values_list("value", "evidence")) == [(650, "Returns")]


def test_approval_merges_what_is_promised_otherwise_and_retires_what_is_gone(by, approved, approve):
    before = the(approved), the(approved, NEET)
    later = next_version(by, approved, change=lambda read: read.measures.pop(0), target="at least 900 a year")
    enter_value(by=by, indicator=before[0], period="2017/18", value=710)
    approve(later)
    for each in (*before, approved):
        each.refresh_from_db()
    assert (before[0].state, before[0].merged_into) == ("merged", the(later))
    assert before[1].state == "retired"
    assert "By the approval of “Second version”" in before[1].state_reason
    assert the(later).values.get().value == 710
    assert approved.state == "superseded"
    assert {each.pk for each in indicators_of(approved)} == {each.pk for each in before}


def test_what_another_living_plan_has_stays_in_use(by, approved, approve):
    another = accept_tree(by=by, area=AREA, tree=marlshire(), title="Skills plan")
    another.indicators.remove(the(approved))
    SuccessCriterion.objects.filter(plan=another).update(indicator=the(approved))
    later = next_version(by, approved, change=lambda read: read.measures.clear())
    approve(later)
    assert [each.state for each in indicators_of(approved)] == ["active", "active"]


def test_what_was_retired_before_keeps_its_reason(by, approved, approve):
    retire(by=by, indicator=the(approved), reason="Counted no more")
    approve(next_version(by, approved, change=lambda read: read.measures.clear()))
    assert (the(approved).state_reason, the(approved, NEET).state) == ("Counted no more", "retired")


def test_an_approval_taken_back_brings_the_indicators_back_and_no_others(by, approved, approve):
    retire(by=by, indicator=the(approved, NEET), reason="Counted no more")
    later = next_version(by, approved, target="at least 900 a year")
    approve(later)
    assert the(approved).state == "merged"
    approving.withdraw_approval(by=by, plan=later)
    assert (the(approved).state, the(approved).merged_into, the(approved, NEET).state) == ("active", None, "retired")
    approve(later)
    assert the(approved).merged_into == the(later)


def test_a_copied_version_hands_nothing_over(by, approved, approve):
    approve(approving.start_next_version(by=by, plan=approved))
    assert set(Indicator.objects.values_list("state", flat=True)) == {"active"}


def test_the_changes_page_tells_a_changed_target_and_table(lead, by, approved, approve):
    def change(read):
        read.measures[0].trajectory[1]["printed"] = "5.2"
        read.measures[1].target = "at least 900 a year"

    later = next_version(by, approved, change=change)
    told = [["Measure 1 Year by year", "2017 target: 6 2018 target:", "2017 target: 6 2018 target: 5.2"],
            ["Measure 2 Target", "at least 700 a year", "at least 900 a year"]]
    draft = table(lead.get(f"/plans/{later.pk}/changes/"), "other")
    approve(later)
    assert draft == table(lead.get(f"/plans/{later.pk}/changes/"), "other") == told


def _active():
    return set(Indicator.objects.filter(state="active").values_list("pk", flat=True))


def test_what_only_a_removed_draft_has_leaves_the_register_and_comes_back_with_it(lead, by, approved):
    before = _active()
    later = next_version(by, approved, target="at least 900 a year")
    own = the(later)
    words = lead.post(f"/plans/{later.pk}/remove/", follow=True).content.decode()
    assert "and 1 indicator that no other plan has out of the register" in words
    assert _active() == before
    for address in ("/indicators/", "/indicators/?state=any"):
        assert f'href="/indicators/{own.pk}/"' not in lead.get(address).content.decode()
    assert f'href="/indicators/{own.pk}/"' in lead.get("/indicators/?state=withdrawn").content.decode()
    assert "the only plan that has it, was taken out of the lists" in lead.get(f"/indicators/{own.pk}/").content.decode()
    assert "and 1 indicator with it" in lead.post(f"/plans/{later.pk}/restore/", follow=True).content.decode()
    assert _active() == before | {own.pk}
    assert [change.kind for change in own.changes.all()][:2] == ["restored", "withdrawn"]


def test_what_was_retired_before_the_draft_was_removed_stays_retired(by, plan):
    retire(by=by, indicator=the(plan), reason="No longer counted")
    gone = remove_plan(by=by, plan=plan)
    assert [each.title for each in gone] == [each.title for each in indicators_of(plan) if each.title != APPRENTICES]
    restore_plan(by=by, plan=plan)
    assert the(plan).state == "retired"


def test_an_indicator_that_a_criterion_of_another_plan_names_stays(by, plan):
    other = a_plan()
    SuccessCriterion.objects.create(plan=other, text="Counted", indicator=the(plan))
    assert the(plan) not in remove_plan(by=by, plan=plan)
    assert the(plan).state == "active"


def test_a_plan_says_with_which_others_it_shares_its_indicators(lead, by, approved):
    later = next_version(by, approved, target="at least 900 a year")
    many = len(indicators_of(approved)) - 1
    words = " ".join(lead.get(f"/plans/{later.pk}/").content.decode().split())
    assert f'{many} of them stand{"s" if many == 1 else ""} in <a class="govuk-link" href="/plans/{approved.pk}/">' in words
    remove_plan(by=by, plan=later)
    assert "shares an indicator" not in lead.get(f"/plans/{approved.pk}/").content.decode()
