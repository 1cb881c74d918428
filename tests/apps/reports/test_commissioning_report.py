"""The annual commissioning plan and impact report: what it says on its day, and that it stays as it was issued."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.apps.organisations.boxes import day_in
from tests.apps.performance.reading import links, main
from throughline.analytics.planwriting.report import Table
from throughline.apps.commissioning.actions import interventions, removal, years
from throughline.apps.indicators.models import Indicator, IndicatorValue
from throughline.apps.organisations.actions.boards import add_board
from throughline.apps.reports import actions
from throughline.apps.reports.commissioning_fills import COMMISSIONING
from throughline.apps.reports.gathered import Gathered
from throughline.apps.reports.models import DraftReport, IssuedReport

OURS = "358"
TODAY = timezone.localdate


@pytest.fixture
def board(db):
    """The board that is told."""
    return add_board(by=None, area=OURS, name="Partnership Board")


@pytest.fixture
def year(db, warehouse):
    """One need shown by an indicator, one priority, two things commissioned of which one has made a difference."""
    year = years.add_plan(by=None, area=OURS, title="Commissioning 2025/26", year_type="academic", first_year=2025)
    indicator = Indicator.objects.create(area=OURS, number="KPI 1", title="Offers", unit="percent", decimals=1)
    IndicatorValue.objects.create(indicator=indicator, period="2023/24", value=93.5)
    need = years.add_need(by=None, year=year, number=1, what="Places in January", indicator=indicator)
    priority = years.add_priority(by=None, year=year, needs=[need], number=1, title="Places all year")
    for title, spent, impact in (("January courses", "1250.50", "made"), ("Mentors", "-50", "")):
        made = interventions.add_intervention(by=None, priority=priority, title=title, starts_on=year.starts_on,
                                              indicator=indicator)
        interventions.plan_spend(by=None, intervention=made, fund="Growth Fund", amount=Decimal(1000))
        interventions.enter_spend(by=None, intervention=made, fund="Growth Fund", on=TODAY(), amount=Decimal(spent))
        if impact:
            interventions.state_impact(by=None, intervention=made, on=TODAY(), rating=impact, statement="All came",
                                       evidence="The list", said_by="The head")
    return year


def _tables(year, board, fill, days=0):
    held = Gathered(None, board, TODAY() - timedelta(days=days), commissioning=year)
    return [[[" / ".join(getattr(cell, "lines", ()) or (str(cell),)) for cell in row] for row in block.rows]
            for block in COMMISSIONING[fill](held) if isinstance(block, Table)]


@pytest.mark.parametrize(("fill", "wanted"), [
    ("commissioning_needs", [[["1", "Places in January", "KPI 1 Offers: 93.5% in 2023/24", "Priority 1"]]]),
    ("commissioning_priorities", [[["1", "Places all year", "1", ""]]]),
    ("commissioning_money", [[[name, "£2,000", "£1,200.50", "£799.50"] for name in (first, "Total")]
                             for first in ("1. Places all year", "Growth Fund")]),
])
def test_what_it_says(year, board, fill, wanted):
    found = _tables(year, board, fill)
    if fill == "commissioning_needs":
        found[0][0][2] = found[0][0][2].partition(" (")[0]  # without its source, which names the day
    assert found == wanted


def test_what_nobody_has_said_is_no_rating_and_a_day_before_knows_nothing_of_a_day_after(year, board):
    assert [row[2:4] for row in _tables(year, board, "commissioning_impact")[0]] == [
        ["Made the difference", "All came"], ["Nobody has said", ""]]
    assert {row[2] for row in _tables(year, board, "commissioning_impact", days=1)[0]} == {"Nobody has said"}
    assert [row[2] for row in _tables(year, board, "commissioning_money", days=1)[0]] == ["£0", "£0"]
    assert {row[6] for row in _tables(year, board, "commissioned", days=1)[0]} == {"None entered"}


def test_a_day_before_it_was_agreed_knows_nothing_of_the_board_or_of_the_figures_kept(year, board):
    years.agree(by=None, year=year, board=board, agreed_on=TODAY())
    years.report(by=None, year=year, board=board, reported_on=TODAY())
    then, now = (str(COMMISSIONING["commissioning_summary"](Gathered(None, board, TODAY() - timedelta(days=days),
                                                                     commissioning=year))[0]) for days in (1, 0))
    assert "A draft that no board had agreed yet" in then
    assert "Agreed by Partnership Board" in now and "reported to Partnership Board" in now
    for days, kept in ((1, False), (0, True)):
        assert ("When it was agreed" in str(_tables(year, board, "commissioning_needs", days))) is kept


def test_it_is_started_from_the_years_page_issued_and_kept(cast, year, board, monkeypatch):
    monkeypatch.setattr(actions, "_pdf", lambda report: None)  # laid out elsewhere, in seconds
    lead = cast("strategy_lead")
    page = f"/commissioning/{year.pk}/"
    start = f"/reports/start/?outline=commissioning&commissioning={year.pk}"
    assert start.replace("&", "&amp;") in lead.get(page).content.decode()
    typed = {"outline": "commissioning", "board": board.pk, **day_in("as_at", TODAY())}
    assert "plan? (optional)" not in main(lead.get(start))
    assert "Choose a commissioning plan" in main(lead.post(start, typed))
    lead.post(start, {**typed, "commissioning": year.pk})
    draft = DraftReport.objects.get()
    assert (draft.plan, draft.commissioning) == (None, year)
    shown = main(lead.get(f"/reports/drafts/{draft.pk}/"))
    assert "Nobody has said what this changed: Mentors" in shown
    assert lead.get(f"/reports/drafts/{draft.pk}/draft.docx").status_code == 200
    lead.post(f"/reports/drafts/{draft.pk}/issue/")
    issued = IssuedReport.objects.get()
    before = (issued.page, bytes(issued.word))
    interventions.enter_spend(by=None, intervention=year.priorities.get().interventions.first(), fund="Growth Fund", on=TODAY(),
                              amount=Decimal(77))
    issued.refresh_from_db()
    assert (issued.page, bytes(issued.word)) == before
    assert issued.standing == {}
    assert "Commissioning 2025/26" in main(lead.get(f"/reports/{issued.pk}/"))
    listed = f"/reports/commissioning/{year.pk}/"
    assert listed in links(lead.get(page))
    assert f"/reports/{issued.pk}/" in links(lead.get(listed))
    assert issued.title in main(lead.get(listed))
    removal.remove(by=None, kept=year)
    assert f'href="{page}"' not in lead.get(f"/reports/{issued.pk}/").content.decode()


def test_a_report_on_a_plan_still_needs_a_plan(cast, year, board):
    typed = {"outline": "highlight", "board": board.pk, "commissioning": year.pk, **day_in("as_at", TODAY())}
    assert "Choose a plan" in main(cast("strategy_lead").post("/reports/start/", typed))
    with pytest.raises(ValueError, match="different authorities"):
        actions.start_draft(by=None, outline="highlight", commissioning=year, board=board, as_at=TODAY())
