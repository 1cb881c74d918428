"""A year's commissioning: what shows a need, what is missing said plainly, agreed and then fixed, its money and its impact."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.organisations.boxes import boxes, day_in
from tests.apps.performance.reading import facts, main, table
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.commissioning.actions import interventions, removal, years
from throughline.apps.commissioning.models import CommissioningPlan, ImpactStatement, Need, SpendEntry
from throughline.apps.commissioning.queries import next_number
from throughline.apps.commissioning.totals import year_on, years_on
from throughline.apps.indicators.models import Indicator, IndicatorValue
from throughline.apps.organisations.actions.amending import RefusedError

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def test_a_year_is_started_and_its_needs_are_shown_by_figures(lead):
    assert "There is no commissioning plan yet." in main(lead.get("/commissioning/"))
    typed = {"title": "Commissioning 2026/27", "year_type": "financial", "first_year": "2026", "about": "Found in May"}
    year = f"/commissioning/{(lead.post('/commissioning/add/', typed), CommissioningPlan.objects.get().pk)[1]}/"
    assert "No need is written down yet." in main(lead.get(year))
    assert "2026/27, financial year" in main(lead.get(year))
    answer = lead.post(f"{year}needs/add/", {"number": "1", "what": "Attendance"})
    assert "Say what shows the need" in main(answer)
    lead.post(f"{year}needs/add/", {"number": "1", "what": "Attendance", "measure": "overall_absence"})
    [row] = table(lead.get(year), "needs")
    assert row[1] == "Attendance"
    assert row[2].startswith("School sessions missed: ") and "England" in row[2]
    assert row[3] == "No priority"
    assert "No priority follows from need 1: Attendance" in main(lead.get(year))


def test_an_indicators_figure_is_shown_to_those_who_may_see_it_and_what_it_was_is_kept_when_it_is_agreed(lead, held):
    indicator = Indicator.objects.create(area="358", number="KPI 1", title="Offers", unit="percent", decimals=1)
    value = IndicatorValue.objects.create(indicator=indicator, period="2024/25", value=93.5)
    years.change_need(by=None, need=held.need, indicator=indicator, measure="")
    page = f"/commissioning/{held.year.pk}/"
    assert "KPI 1 Offers : 93.5% in 2024/25" in table(lead.get(page), "needs")[0][2]
    years.agree(by=None, year=held.year, board=held.board, agreed_on=TODAY())
    value.value = 95
    value.save()
    shown = table(lead.get(page), "needs")[0][2]
    assert "95.0% in 2024/25" in shown
    assert "When it was agreed: 93.5% in 2024/25" in shown
    years.take_back(by=None, year=held.year)
    assert "When it was agreed" not in main(lead.get(page))
    assert Need.objects.get().figure_then == ""


def test_what_was_removed_keeps_its_number_for_when_it_comes_back(held):
    removal.remove(by=None, kept=held.need)
    assert next_number(held.year, Need) == 2


def test_every_year_is_listed_with_as_many_queries_as_one(held):
    years.add_plan(by=None, area="358", title="The next", year_type="academic", first_year=2026)
    another = years.add_plan(by=None, area="358", title="Another", year_type="academic", first_year=2027)
    years.add_need(by=None, year=another, number=1, what="Mentors", evidence="A survey")
    with CaptureQueriesContext(connection) as one:
        year_on(held.year, TODAY())
    with CaptureQueriesContext(connection) as three:
        found = years_on([held.year, another], TODAY())
    assert len(three) == len(one)
    assert [(len(year.needs), len(year.commissioned)) for year in found] == [(1, 1), (1, 0)]


def test_needs_that_somebody_else_ticked_meanwhile_are_shown_beside_ones_own(lead, held):
    path = f"/commissioning/priorities/{held.priority.pk}/change/"
    other = years.add_need(by=None, year=held.year, number=2, what="Mentors", evidence="A survey")
    opened = boxes(lead.get(path))
    years.change_priority(by=None, priority=held.priority, needs=[held.need, other], number=1, title="Places all year")
    answer = main(lead.post(path, {**opened, "needs": [held.need.pk]}))
    assert "Somebody else changed this" in answer
    assert "Need 1: Places in January, Need 2: Mentors" in answer


@pytest.mark.parametrize(("ends_on", "starts_on"), [(date(9999, 12, 31), TODAY()), (None, date(1900, 1, 1))])
def test_days_that_nobody_means_are_refused_of_what_is_commissioned(held, ends_on, starts_on):
    with pytest.raises(RefusedError, match="a year from 1990 to 2099"):
        interventions.change_intervention(by=None, intervention=held.intervention, starts_on=starts_on, ends_on=ends_on)


def test_what_is_neither_costed_nor_spent_is_an_empty_cell(lead, held):
    interventions.add_intervention(by=None, priority=held.priority, title="Mentors", starts_on=TODAY())
    row = next(line for line in lead.get(f"/commissioning/{held.year.pk}/interventions.csv").content.decode().splitlines()
               if "Mentors" in line)
    assert f"{TODAY()},,,,," in row


def test_what_is_missing_is_said_plainly(lead, held):
    page = f"/commissioning/{held.year.pk}/"
    years.add_need(by=None, year=held.year, number=2, what="Mentors", evidence="A survey")
    years.add_priority(by=None, year=held.year, needs=[], number=2, title="Something else")
    said = main(lead.get(page))
    for words in ("No priority follows from need 2: Mentors", "Priority 2 follows from no need: Something else",
                  "Nothing is commissioned under priority 2: Something else",
                  "Nobody has said what this changed: January courses"):
        assert words in said
    assert table(lead.get(page), f"commissioned-{held.priority.pk}")[0][-1] == "Nobody has said"


def test_once_a_board_has_agreed_it_only_spend_and_impact_are_entered(lead, held):
    page = f"/commissioning/{held.year.pk}/"
    lead.post(f"{page}agree/", {"board": held.board.pk, **day_in("agreed_on", TODAY())})
    assert facts(lead.get(page))["Agreed"].startswith("Partnership Board")
    made = f"/commissioning/interventions/{held.intervention.pk}/"
    answer = lead.post(f"{made}planned/add/", {"fund": "Another", "amount": "5"})
    assert years.NOT_A_DRAFT in main(answer)
    for refused in (lambda: years.change_plan(by=None, year=held.year, title="Another"),
                    lambda: removal.remove(by=None, kept=held.need),
                    lambda: years.add_priority(by=None, year=held.year, needs=[], number=9, title="Late")):
        with pytest.raises(RefusedError, match="back to draft"):
            refused()
    lead.post(f"{made}spend/add/", {"fund": "Growth Fund", "amount": "£1,000.50", **day_in("on", TODAY())})
    said = {"rating": "partly", "statement": "Nine came", "evidence": "The list", "said_by": "The head", **day_in("on", TODAY())}
    lead.post(f"{made}impact/add/", said)
    assert table(lead.get(page), "by-fund") == [["Growth Fund", "£900", "£1,250.50", "−£350.50 more than planned"],
                                                ["Total", "£900", "£1,250.50", "−£350.50 more than planned"]]
    assert "Made some difference" in table(lead.get(page), f"commissioned-{held.priority.pk}")[0][-1]
    lead.post(f"{page}report/", {"board": held.board.pk, **day_in("reported_on", TODAY())})
    assert facts(lead.get(page))["State"] == "Reported"
    lead.post(f"{page}take-report-back/")
    lead.post(f"{page}take-back/")
    assert CommissioningPlan.objects.get().is_draft


@pytest.mark.parametrize(("agreed", "reported", "why"), [
    (-1, -2, "not before it was agreed"), (-1, 1, "not in the future")])
def test_a_day_that_cannot_be_is_refused(held, agreed, reported, why):
    years.agree(by=None, year=held.year, board=held.board, agreed_on=TODAY() + timedelta(days=agreed))
    with pytest.raises(RefusedError, match=why):
        years.report(by=None, year=held.year, board=held.board, reported_on=TODAY() + timedelta(days=reported))


def test_what_was_said_before_stays_and_the_latest_counts(lead, held):
    for days, rating, words in ((9, "early", "Too soon"), (1, "made", "All came"), (5, "none", "Nobody came")):
        interventions.state_impact(by=None, intervention=held.intervention, on=TODAY() - timedelta(days=days), rating=rating,
                                   statement=words, evidence="The list", said_by="The head")
    said = main(lead.get(f"/commissioning/interventions/{held.intervention.pk}/"))
    assert [said.index(words) for words in ("All came", "Nobody came", "Too soon")] == sorted(
        said.index(words) for words in ("All came", "Nobody came", "Too soon"))
    assert facts(lead.get(f"/commissioning/interventions/{held.intervention.pk}/"))["Impact"].startswith("Made the difference")
    latest = ImpactStatement.objects.get(rating="made")
    lead.post(f"/commissioning/impact/{latest.pk}/remove/")
    assert ": All came" in main(lead.get(f"/commissioning/interventions/{held.intervention.pk}/"))
    assert facts(lead.get(f"/commissioning/interventions/{held.intervention.pk}/"))["Impact"].startswith("Made no difference")
    lead.post(f"/commissioning/impact/{latest.pk}/bring-back/")
    assert ImpactStatement.objects.count() == 3


def test_spend_that_is_removed_counts_nowhere_until_it_is_brought_back(lead, held):
    entry = SpendEntry.objects.get()
    SpendEntry.objects.update(note="The invoice of May")
    lead.post(f"/commissioning/spend/{entry.pk}/remove/")
    assert ": The invoice of May" in main(lead.get(f"/commissioning/interventions/{held.intervention.pk}/"))
    page = f"/commissioning/{held.year.pk}/"
    assert table(lead.get(page), "by-priority")[-1] == ["Total", "£900", "£0", "£900"]
    lead.post(f"/commissioning/spend/{entry.pk}/bring-back/")
    assert table(lead.get(page), "by-priority")[-1] == ["Total", "£900", "£250", "£650"]
    assert b"January courses,Spent,growth fund,250.0" in lead.get(f"{page}spend.csv").content


def test_a_priority_is_not_removed_from_over_what_is_commissioned(lead, held):
    answer = lead.post(f"/commissioning/priorities/{held.priority.pk}/remove/", follow=True)
    assert "Something is commissioned under this priority." in main(answer)
    lead.post(f"/commissioning/interventions/{held.intervention.pk}/remove/")
    lead.post(f"/commissioning/priorities/{held.priority.pk}/remove/")
    answer = lead.get(f"/commissioning/{held.year.pk}/")
    assert "There is no priority yet." in main(answer)
    assert "Removed (1)" in main(answer), "an intervention comes back once its priority has"


def test_a_save_that_would_lose_somebodys_words_is_answered_with_both(lead, held):
    path = f"/commissioning/needs/{held.need.pk}/change/"
    opened = boxes(lead.get(path))
    years.change_need(by=None, need=held.need, what="Places in April", measure="overall_absence")
    answer = lead.post(path, {**opened, "what": "Places in June"})
    assert "Somebody else changed this" in main(answer)
    assert "Places in April" in main(answer)
    assert Need.objects.get().what == "Places in April"


def test_the_action_and_what_is_commissioned_for_it_lead_to_each_other(lead, held):
    at = f"{held.action.plan_id}/{held.action.pk}/"
    action = f"/plans/{held.action.plan_id}/actions/{held.action.pk}/"
    assert f'href="/commissioning/for-action/{at}"' in lead.get(action).content.decode()
    made = main(lead.get(f"/commissioning/for-action/{at}"))
    assert "What is commissioned for it January courses Commissioning 2025/26" in made
    assert f'href="{action}"' in lead.get(f"/commissioning/interventions/{held.intervention.pk}/").content.decode()


def test_the_audit_says_what_changed_and_not_what_was_written(held):
    entry = AuditEntry.objects.filter(subject_kind="need").latest("id")
    assert entry.detail["what"] == [None, "3 words"]
    assert AuditEntry.objects.filter(subject_kind="spend entry", verb="created").exists()


@pytest.mark.parametrize(("kind", "first"), [("academic", date(2025, 9, 1)), ("financial", date(2025, 4, 1))])
def test_when_a_year_begins(kind, first):
    year = CommissioningPlan(year_type=kind, first_year=2025)
    assert (year.starts_on, year.period) == (first, "2025/26")


def test_another_authoritys_things_are_refused(held):
    from throughline.apps.organisations.actions.directory import add_party

    theirs = add_party(by=None, area="202", name="Theirs", kind="organisation")
    with pytest.raises(RefusedError, match="your own authority"):
        interventions.change_intervention(by=None, intervention=held.intervention, provider=theirs, starts_on=TODAY())
    with pytest.raises(RefusedError, match="not in the future"):
        interventions.enter_spend(by=None, intervention=held.intervention, fund="F", on=TODAY() + timedelta(days=1),
                                  amount=Decimal(1))
