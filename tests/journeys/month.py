"""What each person does of the monthly cycle on the pages of a demonstration, step by step."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from html import unescape
from pathlib import Path

from playwright.sync_api import Page, expect

from throughline.apps.learners.models import Learner
from throughline.apps.learners.models.membership import IN_COHORT

SIXTH_FORM, COLLEGE = "210", "230"
EACH_DATE = "main [type=date]:not(#all-next_contact)"  # of the grid, but that of all who are ticked
RENAMED = "Marlbeck-Vantongeren"  # a name that nobody invented has


def bring_in_a_list(page: Page, site: str, path: Path, school: str, wrong: Iterable[str]) -> str:
    """Bring a school's messy list in, look over what it would change and what is wrong in it, accept it.

    wrong are numbers that it has wrong. Answers the name of somebody on it whom it changes.
    """
    page.goto(f"{site}/files/")
    page.get_by_label("The file", exact=True).set_input_files(path)
    page.get_by_label("Whose list it is").fill(school)
    page.get_by_label("What everybody on it is doing").select_option(SIXTH_FORM)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("Nothing of the register is changed yet")).to_be_visible()
    its = page.url
    name = page.get_by_role("table", name="Changed").get_by_role("rowheader").get_by_role("link").first.inner_text()
    page.get_by_role("link", name=re.compile("to look at")).click()
    for number in wrong:
        expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("Its last digit does not fit the others")
    page.goto(its)
    page.get_by_role("button", name="Accept it into the register").click()
    expect(page.get_by_text("The file is in the register.").first).to_be_visible()
    return name


def find(page: Page, site: str, name: str) -> None:
    """Look for somebody by name in the register, and open their record."""
    page.goto(f"{site}/learners/")
    page.locator("summary").filter(has_text="Search and narrow").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.rpartition(" ")[2])


def log_a_contact(page: Page, site: str) -> str:
    """Take the first of those whose situation is not known and say that they were reached; answers the name, off the list now."""
    page.goto(f"{site}/follow-up/")
    page.get_by_role("table").get_by_role("link", name="Not known", exact=True).click()
    first = page.get_by_role("table").get_by_role("row").nth(1)
    name = first.get_by_role("rowheader").get_by_role("link").inner_text()
    first.get_by_role("link", name=re.compile("^Log a contact")).click()
    page.get_by_label("Telephone call", exact=True).check()
    page.get_by_label("Reached the young person", exact=True).check()
    page.get_by_label("What did they say they are doing?").select_option(COLLEGE)
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_text(re.compile("^The contact with .+ is logged"))).to_be_visible()
    expect(page).to_have_url(re.compile("/follow-up/lists/not_known/"))  # back where they came from
    expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    return name


def change_many_and_undo_it(page: Page, site: str, on: date) -> None:
    """Set the next contact of two of a list, see before what will change, save it and take all of it back."""
    grid = f"{site}/follow-up/lists/not_known/grid/"
    page.goto(grid)
    before = _next_contacts(page)
    for box in page.locator(EACH_DATE).all()[:2]:
        box.fill(on.isoformat())
    page.get_by_role("button", name="See what will change").click()
    expect(page.get_by_text("Nothing is saved yet. 2 young people have something new")).to_be_visible()
    page.get_by_role("button", name="Save 2 young people").click()
    expect(page.get_by_role("heading", name="Bulk update of")).to_be_visible()
    its = page.url
    page.goto(grid)
    assert sorted(_next_contacts(page).values()).count(on.isoformat()) == 2
    page.goto(its)
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("The bulk update is undone.")).to_be_visible()
    page.goto(grid)
    assert _next_contacts(page) == before


def _next_contacts(page: Page) -> dict[str, str]:
    """What stands in the grid's boxes, by whose they are: the order of a list follows when somebody is next contacted."""
    return {box.get_attribute("name"): box.input_value() for box in page.locator(EACH_DATE).all()}


def open_for_a_reason(page: Page, site: str, number: int, why: str) -> None:
    """Look somebody up by number whose record is restricted, be asked why, say too little, then enough, and see the record."""
    page.goto(f"{site}/learners/")
    page.locator("summary").filter(has_text="Search and narrow").click()
    page.get_by_label("Number", exact=True).fill(str(number))
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This record is restricted")
    page.get_by_role("button", name="Open it").click()
    for said in ("Need it", why):
        page.get_by_label("Why do you need to see it now?").fill(said)
        page.get_by_role("button", name="Open", exact=True).click()
        if said != why:
            expect(page.get_by_role("alert")).to_contain_text("a sentence that somebody else can judge later")
    expect(page.get_by_text("What is restricted is open to you for")).to_be_visible()
    expect(page.get_by_role("table", name="The activities drawn above")).to_be_visible()


def hold_a_meeting(page: Page, site: str, what: str, outcome: str) -> None:
    """Of the open meeting whose day it is: minute who does what about the first listed, close it, say later what came of it."""
    page.goto(f"{site}/follow-up/meetings/")
    page.get_by_role("row").filter(has_text="Open").last.get_by_role("link").click()
    expect(page.get_by_text("Confidential").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Minute a decision about")).first.click()
    page.get_by_label("What is to be done?").fill(what)
    page.get_by_label("Who is to do it?").fill("Youth service")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text=what)).to_contain_text("Youth service")
    page.locator("summary").filter(has_text="Close the meeting").click()
    page.get_by_role("button", name="Close the meeting").click()
    expect(page.get_by_role("link", name=re.compile("^Minute a decision"))).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Say that it is done")).click()
    page.get_by_label("What came of it?").fill(outcome)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text=what)).to_contain_text(outcome)


def impact_of(page: Page, site: str) -> dict[str, int]:
    """What the latest closed meeting's page says became of those listed at the one before, and how many were left off."""
    page.goto(f"{site}/follow-up/meetings/")
    page.get_by_role("row").filter(has_text="Closed").nth(0).get_by_role("link").click()
    text = page.locator("main").inner_text()
    said = {"listed": r"Of (\d+) listed", "participating": r"(\d+) now participating", "decided": r"Of (\d+) decisions",
            "done": r", (\d+) were done", "left off": r"(\d+) restricted or protected record"}
    return {name: int(re.search(pattern, text)[1]) for name, pattern in said.items()}


def send_a_list(page: Page, site: str, path: Path) -> None:
    """A school hands its own list in; what it sent waits."""
    page.goto(f"{site}/files/sent/")
    page.get_by_label("The list", exact=True).set_input_files(path)
    page.get_by_label("What everybody on it is doing").select_option(SIXTH_FORM)
    page.get_by_role("button", name="Send the list").click()
    expect(page.get_by_text("It waits for the authority to look it over.")).to_be_visible()


def close_again(page: Page, site: str, why: str) -> tuple[str, bytes]:
    """Close the latest month again; the address of what was closed, and the return as it is taken away."""
    page.goto(f"{site}/months/close/")
    page.get_by_label("Why it is closed again").fill(why)
    page.get_by_role("button", name="Close the month").click()
    expect(page.get_by_text(f"It was closed again because: {why}")).to_be_visible()
    return page.url, take_the_return(page, page.url)


def take_the_return(page: Page, closed: str) -> bytes:
    """Take away the return of a month, by its page's address: it holds restricted records, so whoever does so says why."""
    page.goto(closed)
    page.get_by_role("button", name="Take the return away (XML)").click()
    page.get_by_label("Why do you take the return away?").fill("It is sent to the department today, as each month")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the return (XML)").click()
    return Path(taken.value.path()).read_bytes()


def rename(page: Page, since: date) -> None:
    """Give whoever's record is open another surname, from a day on."""
    page.get_by_role("link", name="Change the name").click()
    page.get_by_label("Family name").fill(RENAMED)
    for part, value in (("Day", since.day), ("Month", since.month), ("Year", since.year)):
        page.get_by_role("group", name="From").get_by_label(part).fill(str(value))
    page.get_by_label("Who told us?").select_option(label="The young person")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(RENAMED)


def numbers_taken_away(page: Page, address: str) -> set[int]:
    """The numbers of the learners in a list that somebody downloads as CSV."""
    text = page.request.get(address).body().decode("utf-8-sig")
    return {int(row["Number"]) for row in csv.DictReader(io.StringIO(text[text.index("Number"):]))}


def of_the_school(made: str, school: str, today: date) -> set[int]:
    """Whose learners those of a school are, worked out one by one: at it now, or there at 16, of the cohort, not restricted."""
    found = set()
    for learner in Learner.objects.using(made).prefetch_related("activities", "memberships"):
        begun = [each for each in learner.activities.all() if each.known_to is None and each.start <= today]
        last = max(begun, key=lambda each: each.start, default=None)
        there = school in (learner.school_at_16, last.establishment if last else "")
        belongs = any(each.known_to is None and each.status == IN_COHORT and each.starts <= today <= (each.ends or today)
                      for each in learner.memberships.all())
        if there and belongs and not learner.restricted:
            found.add(learner.number)
    return found


def refusals(page: Page, site: str, addresses: Iterable[str]) -> dict[str, int]:
    """How each address is answered to whoever is signed in, asked for as it stands."""
    return {address: page.request.get(site + address, max_redirects=0).status for address in addresses}


def named_on(page: Page, names: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Who of the names, given and family, stands on each page that the navigation leads to, by its address."""
    groups = page.evaluate("[location.href, ...[...document.querySelectorAll('nav a')].map(a => a.href)]")
    addresses = dict.fromkeys(groups)
    for address in groups:
        page.goto(address)
        addresses |= dict.fromkeys(page.evaluate("[...document.querySelectorAll('nav a')].map(a => a.href)"))
    held = list(names)
    return {address: _said_by(unescape(page.request.get(address).text()), held) for address in addresses}


def _said_by(text: str, names: list[tuple[str, str]]) -> list[tuple[str, str]]:
    said = [(given, family) for given, family in names if family in text]
    return [(given, family) for given, family in said if f"{given} {family}" in text or f"{family}, {given}" in text]
