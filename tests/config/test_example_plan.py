"""The example plan of a demonstration: made once and whole, the invented authority's own, judged by what its register counts."""

from collections import Counter

import pyarrow.parquet as pq
import pytest
from django.conf import settings as project
from django.test import override_settings
from django.utils import timezone

from tests.house.kept import kept
from throughline.analytics.measures.disclosure import load_group_rule
from throughline.analytics.measures.load import load_measures
from throughline.analytics.participation.rules import load_rules
from throughline.analytics.participation.tables import REGISTER
from throughline.analytics.synthetic.whole import synthesise
from throughline.analytics.warehouse.build import build
from throughline.analytics.warehouse.inputs import RegisterRows, read_reference
from throughline.apps.accounts.actions import create_example_users
from throughline.apps.accounts.models import User
from throughline.apps.commissioning.models import CommissioningPlan, SpendEntry
from throughline.apps.commissioning.places import totals
from throughline.apps.commissioning.queries import find_contracts
from throughline.apps.commissioning.totals import year_on
from throughline.apps.governance.models import Decision, Meeting, ScrutinyQuestion
from throughline.apps.handbook.queries import editions_in_force
from throughline.apps.indicators.evidence import evidence_for
from throughline.apps.indicators.judgements import judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.learners.codes import invented_authority
from throughline.apps.organisations.models import Board
from throughline.apps.performance.extracts import MONTHS_COUNTED, month_ends
from throughline.apps.plans.campaigns import by_term, campaigns_of
from throughline.apps.plans.models import Action, CalendarEntry, Plan, SuccessCriterion, Update
from throughline.apps.plans.queries import may_update
from throughline.apps.reports import actions as reports
from throughline.apps.reports.models import DraftReport, IssuedReport
from throughline.config.example import year
from throughline.config.example.register import SIZE
from throughline.config.example.step import PARTS, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_made")]

AREA = "899"
UNPUBLISHED = "KPI 8"  # follows a published measure, of which an invented authority has no figure
# Of a group, or in re-engagement, there may be so few that it is not told: that is as the months go.
MAY_BE_HIDDEN = ("KPI 12", "KPI 16")


@pytest.fixture(scope="module")
def built(tmp_path_factory, definitions):
    """The warehouse of a demonstration: the published figures, and those that the invented authority's register counts."""
    folder = tmp_path_factory.mktemp("saltmere")
    ends = month_ends(timezone.localdate(), MONTHS_COUNTED)
    synthesise(definitions, folder / "invented", size=SIZE, areas=(AREA,), until=ends[-1])
    tables = {table.name: pq.read_table(folder / "invented" / "truth" / f"{table.name}.parquet") for table in REGISTER}
    register = RegisterRows(tables, ends, timezone.now(), load_rules(definitions), load_group_rule(definitions))
    rows = read_reference(project.REFERENCE).with_authority(**invented_authority(definitions)).with_register(register)
    build(folder / "warehouse.duckdb", rows, load_measures(definitions))
    return folder / "warehouse.duckdb"


@pytest.fixture(scope="module")
def made(kept_for_module, built):
    """The plan, made once: what was said of it, and how many steps of the progress bar it took."""
    advanced = []
    # No PDF is laid out: that takes seconds and is tried elsewhere.
    with override_settings(DEMONSTRATION=True, LOADED=built.parent / "loaded", WAREHOUSE=built), \
            pytest.MonkeyPatch.context() as patch:
        patch.setattr(reports, "_pdf", lambda report: None)
        create_example_users(area=AREA)
        return make_plan("358", lambda: advanced.append(1)), len(advanced)


@pytest.fixture
def _made(made, settings, built):
    """The site that the plan was made on."""
    settings.DEMONSTRATION, settings.LOADED, settings.WAREHOUSE = True, built.parent / "loaded", built


def test_it_is_made_for_the_invented_authority_whichever_is_shown_and_most_of_it_is_judged(made):
    said, advanced = made
    assert said.startswith("made: 20 actions")
    assert advanced == PARTS
    plan = Plan.objects.get()
    assert (plan.area, plan.state) == (AREA, Plan.State.APPROVED)
    assert "Saltmere" in plan.title
    assert "{" not in plan.title + "".join(f"{each.text}{each.when_printed}" for each in plan.actions.all())
    numbered = Indicator.objects.filter(area=AREA).exclude(number="")
    judged = judge_all(numbered, timezone.localdate(), entered=True)
    verdicts = Counter(str(result.verdict) for result in judged.values())
    assert len(numbered) == 18
    hidden = {result.indicator.number for result in judged.values() if not result.judged}
    assert {UNPUBLISHED} <= hidden <= {UNPUBLISHED, *MAY_BE_HIDDEN}
    assert len(verdicts) >= 4, "a demonstration shows some kept and some not"


def test_what_its_register_counts_is_judged_month_by_month_and_beside_england_as_published():
    held = {one.number: one for one in Indicator.objects.filter(area=AREA)}
    judged = judge_all(held.values(), timezone.localdate(), entered=True)
    last = month_ends(timezone.localdate(), 1)[0]
    for number in ("KPI 4", "KPI 7", "KPI 12", "KPI 16"):
        result = judged[held[number].pk]
        assert result.evidence.kind == "register"
        assert (result.latest.period, result.latest.end) == (f"{last:%B %Y}", last)
        assert result.baseline is not None or number in ("KPI 12", "KPI 16")
    assert judged[held["KPI 12"].pk].evidence.group == "Any vulnerable group"
    compared = judged[held["KPI 1"].pk].proposed.comparators
    assert [(one.name, one.source) for one in compared] == [("England", "Local Authority Interactive Tool")]


def test_its_boards_meet_on_working_days_with_people_and_papers_and_a_gap_is_shown():
    assert [meeting.on.weekday() > 4 for meeting in Meeting.objects.all()].count(True) == 0
    held = Meeting.objects.filter(state="held").order_by("starts_at")
    assert [meeting.attendance.exists() for meeting in held] == [True] * 4
    papers = [[(paper.address, paper.item.title) for paper in meeting.papers.all()] for meeting in held]
    issued = IssuedReport.objects.filter(outline="highlight").order_by("number")
    assert papers == [[], *([(f"/reports/{each.pk}/", "Highlight report")] for each in issued)]
    gap = Indicator.objects.get(number="KPI 18")
    assert evidence_for([gap], AREA)[gap.pk].gaps[-1].comparator_value is not None


def test_its_handbook_stands_beside_every_task_and_its_campaign_has_a_term_with_nothing():
    editions = list(editions_in_force(AREA, timezone.localdate()))
    assert Counter(task for each in editions for task in each.tasks) == {
        "not_known": 2, "about_to_lapse": 1, "neet_overdue": 1, "agreed_start_passed": 1, "without_next_place": 1, "contact": 1,
        "close_month": 1}
    assert sum(each.past_review for each in editions) == 1
    assert [each.number for each in editions if each.number > 1] == [2]
    [campaign] = campaigns_of(AREA)
    assert [each.term.name for each in by_term(campaign) if each.gap] == ["spring"]
    assert [action.number for action in campaign.actions.all()] == ["3.5"]
    assert all(message.sent_on is None or message.sent_on <= timezone.localdate() for message in campaign.messages.all())


def test_a_year_of_it_is_there():
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
    assert [report.number for report in IssuedReport.objects.order_by("number")] == [1, 2, 3, 4]
    assert not DraftReport.objects.exists()


def test_a_year_of_commissioning_is_there_and_so_are_contracts():
    over, begun = (year_on(plan, timezone.localdate()) for plan in CommissioningPlan.objects.order_by("first_year"))
    assert (over.plan.state, begun.plan.state) == ("reported", "draft")
    assert over.total.planned > over.total.spent > 0
    assert any(line.left < 0 for line in over.by_priority), "a year in which nothing went otherwise teaches nothing"
    assert over.needs_without_priority and over.without_impact and begun.priorities_without_intervention
    assert {each.impact.rating for each in over.commissioned if each.impact} == {"made", "partly"}
    assert not SpendEntry.objects.filter(on__gt=timezone.localdate()).exists()
    assert IssuedReport.objects.get(outline="commissioning").commissioning == over.plan
    contracts = find_contracts(AREA, timezone.localdate())
    assert {str(each.contract): each.in_all for each in contracts}["SC/0431 School meals"] == 12, "four in each of three years"
    total = totals(contracts)
    assert (total.contracts, total.asking, total.silent) == (5, 4, 1)
    assert total.short > 0


def test_the_example_people_have_actions_of_their_own():
    for role in ("tracking_officer", "data_officer", "strategy_lead", "school_improvement_officer", "provider_staff"):
        person = User.objects.get(role=role)
        assert [action for action in Action.objects.all() if may_update(person, action)], role


def test_a_second_time_it_is_found_made():
    before = kept()
    assert make_plan("Camden", lambda: None) == "up to date: Saltmere (invented) has a plan"
    assert kept() == before


def test_what_fails_half_way_leaves_nothing_behind(monkeypatch):
    for model in (Plan, Board):
        model.objects.filter(area=AREA).update(area="898")  # as if this authority had none yet
    before = kept()

    def failing(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(year, "report", failing)
    with pytest.raises(OSError, match="No space left"):
        make_plan("358", lambda: None)
    assert kept() == before
