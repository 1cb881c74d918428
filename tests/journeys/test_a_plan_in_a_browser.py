"""A plan from its document to the report on it, as four people take it there in a browser; and without scripts."""

import re
from datetime import date
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.door import let_in, through_the_door
from throughline.apps.organisations.actions.boards import add_board
from throughline.apps.organisations.models import Party
from throughline.apps.plans.models import Action, Plan, Update
from throughline.config.example.given import given, plan_text

TITLE = "Trafford 14 to 24 Partnership Plan 2025 to 2028"
BOARD = "14 to 24 Partnership Board"
SAID = "61 young people reached by telephone; four still to find."


@pytest.fixture
def document(tmp_path):
    """The example plan as somebody wrote it, in a file."""
    path = tmp_path / "partnership-plan.md"
    path.write_text(plan_text(given("358", "Trafford", date(2026, 11, 22))), encoding="utf-8")
    return path


def _read_in(page: Page, site: str, document) -> None:
    """Upload the document, put one time right and accept it."""
    page.goto(f"{site}/readings/")
    page.get_by_label("The plan’s file").set_input_files(document)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("The file is read.")).to_be_visible()
    page.get_by_role("link", name="Change Action 1.4", exact=True).click()
    expect(page.get_by_text("Publish the tracking procedure").first).to_be_visible()
    page.get_by_label("When?").fill("By March 2027")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The correction is kept.")).to_be_visible()
    expect(page.locator("#a4").get_by_text("Corrected")).to_be_visible()
    page.get_by_role("button", name="Accept it as a plan").click()
    page.get_by_role("button", name="Make it a plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def _approve(page: Page) -> None:
    page.get_by_role("button", name="Record its approval").click()
    page.get_by_label("Which body approved it?").select_option(label=BOARD)
    page.get_by_role("button", name="Record the approval").click()
    expect(page.get_by_text(f"Recorded: approved by {BOARD}.")).to_be_visible()


def _give_to_the_tracking_officer(page: Page, site: str, name: str) -> None:
    """Say in the directory who signs in as the participation manager."""
    page.goto(f"{site}/directory/")
    page.get_by_role("link", name="Participation Manager").click()
    page.get_by_role("button", name="Change", exact=True).click()
    page.get_by_label("Account").select_option(label=name)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Participation Manager is changed.")).to_be_visible()


def _update_one_of_ones_own(page: Page, site: str) -> None:
    page.goto(f"{site}/my-actions/")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="1.2", exact=True))
    row.locator("summary").click()
    row.get_by_label("Rating today").select_option(label="Amber")
    row.get_by_label("How is it going?").fill(SAID)
    why = row.get_by_label("Why not the rating proposed?")
    if why.count():
        why.fill("The four have been seen this week")
    row.get_by_role("button", name="Save update").click()
    expect(page.get_by_text("Action 1.2 is updated: amber.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("My actions")


def _report(page: Page, site: str, folder) -> str:
    """Write a highlight report, issue it and take the Word file; its text."""
    page.goto(f"{site}/reports/")
    page.get_by_role("button", name="Start a report").click()
    page.get_by_label("Highlight report").check()
    page.get_by_label("On which plan?").select_option(label=TITLE)
    page.get_by_label("To which board?").select_option(label=BOARD)
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_label("Your words under “What the board is asked to do”").fill("- to note progress")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft was saved.")).to_be_visible()
    page.get_by_role("button", name=f"Issue to {BOARD}").click()
    expect(page.get_by_text(f"Issued to {BOARD} as report 1.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Word")).click()
    taken.value.save_as(folder / "report.docx")
    with ZipFile(folder / "report.docx") as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())


def test_a_plan_is_read_approved_updated_and_reported_on(browser, page, site, people, document, tmp_path):
    lead, officer = people["strategy_lead"], people["tracking_officer"]
    through_the_door(page, site, lead)
    add_board(by=lead, area="358", name=BOARD)
    _read_in(page, site, document)
    _approve(page)
    _give_to_the_tracking_officer(page, site, officer.full_name)
    with browser.new_context() as context:
        theirs = context.new_page()
        through_the_door(theirs, site, officer)
        _update_one_of_ones_own(theirs, site)
    said = _report(page, site, tmp_path)
    plan = Plan.objects.get()
    assert Action.objects.get(plan=plan, number="1.4").due_on == date(2027, 3, 31)
    assert Update.objects.get().by == officer
    assert SAID in said
    assert "to note progress" in said


def test_reading_and_updating_work_without_scripts(browser, site, people, document):
    with browser.new_context(java_script_enabled=False) as context:
        _read_in(let_in(context.new_page(), site, people["strategy_lead"]), site, document)
    Party.objects.filter(area="358", name="Participation Manager").update(user=people["tracking_officer"])
    with browser.new_context(java_script_enabled=False) as context:
        _update_one_of_ones_own(let_in(context.new_page(), site, people["tracking_officer"]), site)
    assert [(update.action.number, update.rag, update.narrative) for update in Update.objects.all()] == [("1.2", "amber", SAID)]
