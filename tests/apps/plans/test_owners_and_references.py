"""Who owns what, and what refers to what: nobody's actions and broken references first."""

import pytest

from tests.apps.performance.reading import main, table
from tests.apps.plans.marlshire import AREA, marlshire
from throughline.analytics.planreading.tree import CrossReference
from throughline.apps.plans.actions import editing
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.models import Action
from throughline.apps.plans.referring import referring

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(by, plan):
    """Another plan, of which one action is part of the plan of Marlshire."""
    read = marlshire()
    read.sections[0].sections[0].actions[1].cross_references = [
        CrossReference("XR Marlshire post-16 plan", "Marlshire post-16 plan", "plan")]
    return accept_tree(by=by, area=AREA, tree=read, title="Skills plan")


def test_references_stand_with_the_broken_ones_first(lead, plan):
    answer = lead.get(f"/plans/{plan.pk}/references/")
    assert table(answer, "broken") == [["Action 1.1.1", "see 9.9.9", "See action", "9.9.9 Not found"]]
    assert table(answer, "within")[0][3] == "Action 1.2.1, Marlshire post-16 plan"
    assert table(answer, "elsewhere")[0][3] == "Skills plan Not kept here"


def test_what_another_plan_says_of_this_one_is_shown(lead, plan, other):
    [row] = table(lead.get(f"/plans/{plan.pk}/references/"), "back")
    assert row[0] == "Action 1.1.2 Skills plan"


def test_a_reference_to_what_was_taken_out_is_broken(by, plan):
    editing.remove_action(by=by, action=Action.objects.get(text="Start three new courses"))
    assert [row.reference.printed for row in referring(plan).broken] == ["see 1.2.1", "see 9.9.9"]


def test_the_files_hold_every_row(lead, plan):
    for path, rows in (("references/references.csv", 4), ("owners/owners.csv", 6)):
        assert len(lead.get(f"/plans/{plan.pk}/{path}").content.decode("utf-8-sig").splitlines()) == rows, path


def test_owners_are_listed_with_nobodys_first(lead, plan):
    said = main(lead.get(f"/plans/{plan.pk}/owners/"))
    order = [said.index(words) for words in ("No owner (2)", "Head of Inclusion (1)", "Marlshire College (1)", "QQZ (1)")]
    assert order == sorted(order)
    assert "Not in the directory" in said


def test_a_plan_without_references_says_so(lead, by):
    plan = editing.add_plan(by=by, area=AREA, title="Empty")
    assert "No action of this plan refers to another" in main(lead.get(f"/plans/{plan.pk}/references/"))
    assert "This plan has no action yet" in main(lead.get(f"/plans/{plan.pk}/owners/"))
