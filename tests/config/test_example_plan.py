"""The example plan of a demonstration: made once and whole, for any authority, with most of its indicators judged."""

from collections import Counter

import pytest
from django.utils import timezone

from tests.house.kept import kept
from throughline.apps.accounts.actions import create_example_users
from throughline.apps.accounts.models import User
from throughline.apps.governance.models import Decision, Meeting, ScrutinyQuestion
from throughline.apps.indicators.evidence import evidence_for
from throughline.apps.indicators.judgements import judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.plans.models import Action, CalendarEntry, Plan, SuccessCriterion, Update
from throughline.apps.plans.queries import may_update
from throughline.apps.reports import actions as reports
from throughline.apps.reports.models import DraftReport, IssuedReport
from throughline.config.example import year
from throughline.config.example.step import PARTS, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse", "_quickly")]

# A metropolitan district, a London borough, a county, a unitary city and the largest district.
PLACES = {"358": "Trafford", "202": "Camden", "850": "Hampshire", "874": "Peterborough", "330": "Birmingham"}
SMALLEST = "420"  # the Isles of Scilly, of which most figures are suppressed


@pytest.fixture
def _quickly(settings, monkeypatch, tmp_path):
    """Example people may be made, and no PDF is laid out: that takes seconds and is tried elsewhere."""
    settings.DEMONSTRATION, settings.LOADED = True, tmp_path / "loaded"
    monkeypatch.setattr(reports, "_pdf", lambda report: None)


def _make(area: str) -> tuple[str, int]:
    create_example_users(area=area)
    advanced = []
    return make_plan(area, lambda: advanced.append(1)), len(advanced)


@pytest.mark.parametrize("area", PLACES)
def test_it_is_made_for_any_sort_of_authority_and_most_of_it_is_judged(area):
    said, advanced = _make(area)
    assert said.startswith("made: 20 actions")
    assert advanced == PARTS
    plan = Plan.objects.get()
    assert (plan.area, plan.state) == (area, Plan.State.APPROVED)
    assert PLACES[area] in plan.title
    assert "{" not in plan.title + "".join(f"{each.text}{each.when_printed}" for each in plan.actions.all())
    numbered = Indicator.objects.filter(area=area).exclude(number="")
    verdicts = Counter(str(result.verdict) for result in judge_all(numbered, timezone.localdate(), entered=True).values())
    assert len(numbered) == 18
    assert verdicts["cannot be judged"] == 0, verdicts
    assert len(verdicts) >= 3, "a demonstration shows some kept and some not"


def test_its_boards_meet_on_working_days_with_people_and_papers_and_a_gap_is_shown():
    _make("358")
    assert [meeting.on.weekday() > 4 for meeting in Meeting.objects.all()].count(True) == 0
    held = Meeting.objects.filter(state="held").order_by("starts_at")
    assert [meeting.attendance.exists() for meeting in held] == [True] * 4
    papers = [[(paper.address, paper.item.title) for paper in meeting.papers.all()] for meeting in held]
    issued = IssuedReport.objects.order_by("number")
    assert papers == [[], *([(f"/reports/{each.pk}/", "Highlight report")] for each in issued)]
    gap = Indicator.objects.get(number="KPI 18")
    assert evidence_for([gap], "358")[gap.pk].gaps[-1].comparator_value is not None


def test_where_figures_are_suppressed_it_is_made_all_the_same():
    said, _ = _make(SMALLEST)
    assert said.startswith("made:")
    assert judge_all(Indicator.objects.filter(area=SMALLEST), timezone.localdate(), entered=True)


def test_a_year_of_it_is_there():
    _make("358")
    ratings = Counter(Update.objects.values_list("rag", flat=True))
    assert all(ratings[rag] >= 3 for rag in ("red", "amber", "green")), ratings
    assert not Update.objects.exclude(override_reason="").filter(proposed_rag="").exists()
    states = Counter(Action.objects.values_list("state", flat=True))
    assert states["done"] >= 2
    assert states["open"] > states["done"]
    assert Action.objects.filter(owners=None).exists(), "one action nobody owns, so that the page has something to say"
    assert SuccessCriterion.objects.filter(judgements__isnull=False).count() >= 3
    assert Counter(Meeting.objects.values_list("state", flat=True)) == {"held": 4, "planned": 1}
    assert Decision.objects.exclude(owner=None).count() >= 3
    assert Counter(ScrutinyQuestion.objects.values_list("state", flat=True)) == {"answered": 1, "open": 1}
    assert CalendarEntry.objects.count() >= 5
    assert [report.number for report in IssuedReport.objects.order_by("number")] == [1, 2, 3]
    assert not DraftReport.objects.exists()


def test_the_example_people_have_actions_of_their_own():
    _make("358")
    for role in ("tracking_officer", "data_officer", "strategy_lead", "school_improvement_officer", "provider_staff"):
        person = User.objects.get(role=role)
        assert [action for action in Action.objects.all() if may_update(person, action)], role


def test_a_second_time_it_is_found_made_and_another_authority_gets_its_own():
    _make("358")
    before = kept()
    assert make_plan("Trafford", lambda: None) == "up to date: Trafford has a plan"
    assert kept() == before
    assert _make("202")[0].startswith("made:")
    assert Counter(Plan.objects.values_list("area", flat=True)) == {"358": 1, "202": 1}


def test_what_fails_half_way_leaves_nothing_behind(monkeypatch):
    create_example_users(area="358")
    before = kept()

    def failing(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(year, "report", failing)
    with pytest.raises(OSError, match="No space left"):
        make_plan("358", lambda: None)
    assert kept() == before
