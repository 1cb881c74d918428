"""A report says what the records say on its day, and what was issued stays as it was, byte for byte."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.apps.reports.conftest import THEIRS


def _draft(held, outline="highlight", **words):
    from throughline.apps.reports.actions import start_draft

    given = {"plan": held.plan, "board": held.board, "as_at": held.today, **words}
    return start_draft(by=None, outline=outline, **given)


def _issue(held, **words):
    from throughline.apps.reports.actions import issue

    return issue(by=None, draft=_draft(held, **words))


def _tables(held, fill):
    from throughline.analytics.planwriting.report import Table
    from throughline.apps.reports.fills import FILLS
    from throughline.apps.reports.gathered import Gathered

    blocks = FILLS[fill](Gathered(held.plan, held.board, held.today, ("attendance",)))
    return [[[" ".join(getattr(cell, "lines", ()) or (str(cell),)) for cell in row] for row in block.rows]
            for block in blocks if isinstance(block, Table)]


def _saved(lead, address, held, **words):
    """What a browser posts: the version on the page, the day, and the words."""
    version = re.search(r'name="version" value="([^"]+)"', lead.get(address).content.decode()).group(1)
    day = {"as_at_day": held.today.day, "as_at_month": held.today.month, "as_at_year": held.today.year}
    return {"version": version, **day, **words}


def test_the_counts_are_those_of_the_newest_updates(held):
    from throughline.apps.reports.fills import plan_summary
    from throughline.apps.reports.gathered import Gathered

    counts = dict(plan_summary(Gathered(held.plan, held.board, held.today))[1].pairs)
    assert counts == {"Actions": "3", "Green": "1", "Amber": "0", "Red": "1", "Not rated": "1", "Done": "0", "Overdue": "1",
                      "Without an owner": "3"}


def test_a_report_of_an_earlier_day_knows_nothing_that_was_said_later(held):
    from throughline.apps.reports.gathered import Gathered

    before = Gathered(held.plan, held.board, held.today - timedelta(days=5))
    assert {each.rag for each in before.standings} == {""}


@pytest.mark.parametrize(
    ("fill", "wanted"),
    [
        ("concerns", [["1.1", "Do the first thing", "No owner", "Red", "Nobody has begun it.", ""]]),
        ("overdue", [["1.1", "Do the first thing", "No owner", "Last week", "Red", "Nobody has begun it."]]),
        ("coverage", [["1", "Know everybody", "3", "1", "0", "1", "1", "1"]]),
    ],
)
def test_what_is_filled_in(held, fill, wanted):
    assert _tables(held, fill) == [wanted]


def test_a_decision_is_told_with_what_came_of_it(held):
    [[row]] = _tables(held, "decisions")
    assert row[1:3] == ["7", "Begin at once."]
    assert row[4] == "Action 1.1: open"


def test_an_indicator_is_told_with_its_figure_and_its_judgement(held):
    [[row]] = _tables(held, "indicators")
    assert row[0] == "KPI 1"
    assert row[3:6] == ["Better than the national average", "Met", "Green"]


def test_the_table_of_results_holds_the_measures_of_its_themes(held):
    [rows] = _tables(held, "scorecard")
    assert [row for row in rows if row[0] == "School sessions missed" and row[6].endswith(" of 153")]


def test_what_was_issued_stays_as_it_was(held):
    issued = _issue(held)
    kept = issued.page, bytes(issued.word), bytes(issued.excel)
    held.actions["1.1"].text = "Something else"
    held.actions["1.1"].save()
    held.plan.title = "Another title"
    held.plan.save()
    issued.refresh_from_db()
    assert (issued.page, bytes(issued.word), bytes(issued.excel)) == kept
    assert "Do the first thing" in issued.page


def test_reports_to_a_board_are_numbered_and_the_next_says_what_moved(held):
    from throughline.apps.plans.models import Update

    first = _issue(held, as_at=held.today - timedelta(days=1))
    Update.objects.create(action=held.actions["1.3"], as_at=held.today, rag="amber", narrative="Begun.")
    assert _tables(held, "changed_ratings") == [[["1.3", "Do the third thing", "Not rated", "Amber", "Begun."]]]
    assert (first.number, _issue(held).number) == (1, 2)


def test_a_part_left_out_or_empty_is_not_printed(held):
    from throughline.apps.reports.actions import issue

    draft = _draft(held)
    draft.texts, draft.left_out = {"risks": "- Nobody to do it"}, ["late"]
    draft.save()
    headings = [part["heading"] for part in issue(by=None, draft=draft).content]
    assert "Risks" in headings
    assert "Overdue" not in headings
    assert "What the board is asked to do" not in headings


def test_a_plan_and_a_board_of_two_authorities_make_no_report(held):
    from throughline.apps.organisations.actions.boards import add_board

    with pytest.raises(ValueError, match="different authorities"):
        _draft(held, board=add_board(by=None, area=THEIRS, name="Another board"))


@pytest.mark.parametrize("outline", ["highlight", "committee", "annual"])
def test_every_outline_is_written_and_downloaded(held, cast, outline):
    lead, draft = cast("strategy_lead"), _draft(held, outline=outline)
    page = lead.get(reverse("reports:draft", args=[draft.pk]))
    assert page.status_code == 200
    assert lead.get(reverse("reports:draft_download", args=[draft.pk, "docx"])).content.startswith(b"PK")


def test_before_it_is_issued_a_report_says_who_is_then_told_its_figures(held, cast):
    page = cast("strategy_lead").get(reverse("reports:draft", args=[_draft(held).pk])).content.decode()
    told = page.partition("Its figures are then told to all of those")[2].partition("</p>")[0]
    assert "School, college or provider staff" in told
    assert "Employer" not in told


def test_the_words_of_a_draft_are_kept_and_shown_as_text(held, cast):
    lead, draft = cast("strategy_lead"), _draft(held)
    address = reverse("reports:draft", args=[draft.pk])
    lead.post(address, _saved(lead, address, held, title="O'Neill <b>", risks="<script>alert(1)</script>"))
    draft.refresh_from_db()
    assert (draft.title, draft.texts) == ("O'Neill <b>", {"risks": "<script>alert(1)</script>"})
    shown = lead.get(address).content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_stale_save_is_answered_with_both_texts(held, cast):
    lead, draft = cast("strategy_lead"), _draft(held)
    address = reverse("reports:draft", args=[draft.pk])
    opened = _saved(lead, address, held, title=draft.title)
    lead.post(address, {**opened, "risks": "Theirs"})
    late = lead.post(address, {**opened, "risks": "Mine"}).content.decode()
    draft.refresh_from_db()
    assert draft.texts == {"risks": "Theirs"}
    assert "Theirs" in late
    assert "Mine" in late


def test_issuing_leads_to_the_report_whose_files_are_the_ones_kept(held, cast):
    lead, draft = cast("strategy_lead"), _draft(held)
    answer = lead.post(reverse("reports:issue", args=[draft.pk]), {"note": ""}, follow=True)
    [report] = held.plan.reports.all()
    assert answer.redirect_chain[-1][0] == reverse("reports:report", args=[report.pk])
    got = cast("inspector").get(reverse("reports:report_download", args=[report.pk, "docx"]))
    assert got.content == bytes(report.word)
    assert got["Content-Disposition"].startswith("attachment")


def test_a_removed_draft_comes_back(held, cast):
    lead, draft = cast("strategy_lead"), _draft(held)
    lead.post(reverse("reports:remove_draft", args=[draft.pk]))
    assert lead.get(reverse("reports:draft", args=[draft.pk])).status_code == 404
    lead.post(reverse("reports:restore_draft", args=[draft.pk]))
    assert lead.get(reverse("reports:draft", args=[draft.pk])).status_code == 200


def test_another_authority_finds_nothing(held, cast):
    report, draft = _issue(held), _draft(held)
    other = cast("strategy_lead", email="lead.elsewhere@example.org", area=THEIRS)
    for name, args in (("report", [report.pk]), ("report_download", [report.pk, "docx"]), ("draft", [draft.pk]),
                       ("spine_of_plan", [held.plan.pk])):
        assert other.get(reverse(f"reports:{name}", args=args)).status_code == 404, name
    assert "The Marl plan" not in other.get(reverse("reports:reports")).content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("councillor", 200), ("provider_staff", 200), ("employer", 403), ("administrator", 403)]
)
def test_who_may_read_a_report(held, cast, role, status):
    assert cast(role).get(reverse("reports:report", args=[_issue(held).pk])).status_code == status


def test_those_who_only_read_are_not_shown_drafts(held, cast):
    draft = _draft(held)
    assert draft.title not in cast("councillor").get(reverse("reports:reports")).content.decode()
    assert cast("councillor").get(reverse("reports:draft", args=[draft.pk])).status_code == 403


def test_a_report_of_an_earlier_day_counts_what_was_done_later_as_open(held):
    from throughline.apps.plans.models import Action
    from throughline.apps.reports.gathered import Gathered

    Action.objects.filter(pk=held.actions["1.2"].pk).update(state="done", state_on=held.today - timedelta(days=1))
    stood = {day: {each.action.number: each.state for each in Gathered(held.plan, held.board, day).standings}["1.2"]
             for day in (held.today - timedelta(days=2), held.today)}
    assert list(stood.values()) == ["open", "done"]


def test_coverage_is_of_the_day_of_the_report(held):
    from throughline.apps.reports.fills import coverage
    from throughline.apps.reports.gathered import Gathered

    [table] = coverage(Gathered(held.plan, held.board, held.today - timedelta(days=4)))
    assert table.rows[0][2:] == (3, 0, 0, 0, 3, 0)


def test_a_draft_is_issued_once(held):
    from throughline.apps.reports.actions import issue
    from throughline.apps.reports.models import DraftReport

    draft = _draft(held)
    issue(by=None, draft=draft)
    with pytest.raises(DraftReport.DoesNotExist):
        issue(by=None, draft=draft)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_the_files_are_laid_out(held, monkeypatch):
    from django.db import connection

    from throughline.apps.reports import actions

    def laid_out(_report):
        assert not connection.in_atomic_block
        return b"%PDF"

    monkeypatch.setattr(actions, "report_pdf", laid_out)
    assert bytes(_issue(held).pdf) == b"%PDF"


def test_a_draft_that_somebody_changes_meanwhile_is_not_issued(held, cast, monkeypatch):
    from throughline.apps.reports import actions
    from throughline.apps.reports.models import DraftReport, IssuedReport

    draft = _draft(held)

    def changed(_report):
        other = DraftReport.objects.get(pk=draft.pk)
        actions.write_draft(by=None, draft=other, title="Another", as_at=held.today, texts={"risks": "New"}, left_out=[])
        return b"%PDF"

    monkeypatch.setattr(actions, "report_pdf", changed)
    answer = cast("strategy_lead").post(reverse("reports:issue", args=[draft.pk]), follow=True)
    assert "Somebody changed this draft" in answer.content.decode()
    assert not IssuedReport.objects.exists()
    assert DraftReport.objects.get().texts == {"risks": "New"}


def test_a_day_to_come_is_refused(held, cast):
    later = held.today + timedelta(days=40)
    sent = {"outline": "highlight", "plan": held.plan.pk, "board": held.board.pk, "as_at_day": later.day,
            "as_at_month": later.month, "as_at_year": later.year}
    assert "Enter a day that is not in the future" in cast("strategy_lead").post(reverse("reports:start"), sent).content.decode()
