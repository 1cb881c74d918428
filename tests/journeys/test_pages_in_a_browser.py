"""The site as people use it, in Debian's own browser: signing in, reading, taking away; by keyboard and without scripts."""

import csv
import re

from playwright.sync_api import Page, expect

from tests.journeys.door import let_in, through_the_door
from throughline.apps.accounts.models import AuditEntry, Verb


def _a_days_reading(page: Page, site: str, downloads) -> None:
    """From choosing an authority to signing out; downloads is a folder."""
    page.goto(f"{site}/authorities/")
    page.get_by_label("Authority, region or England").fill("Trafford")
    page.get_by_role("button", name="Show the scorecard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trafford scorecard")
    measure = page.get_by_role("link", name="Young people aged 16 and 17 who are NEET or not known")
    row = page.get_by_role("row").filter(has=measure)
    expect(row).to_contain_text("4.2%")
    expect(row).to_contain_text("53 of 153")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Where Trafford stands")).to_be_visible()
    chart = page.get_by_role("img", name=re.compile("^Line chart"))
    chart.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].some(i => i.complete && i.naturalWidth > 200)")
    page.get_by_text("The figures behind this chart").first.click()
    expect(page.get_by_role("table", name=re.compile("over time$"))).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download CSV of the trend").click()
    taken.value.save_as(downloads / "trend.csv")
    rows = list(csv.reader((downloads / "trend.csv").open(encoding="utf-8-sig", newline="")))
    assert rows[0][:3] == ["Period", "Status", "Trafford"]
    page.get_by_role("navigation", name="Figures").get_by_role("link", name="Compare").click()
    page.get_by_label("First").fill("Trafford")
    page.get_by_label("Second").fill("Camden")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader", name="Camden")).to_be_visible()
    page.get_by_role("navigation", name="Figures").get_by_role("link", name="Find a measure").click()
    page.get_by_label("Words").fill("abscence")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("link", name="School sessions missed", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("School sessions missed")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(f"{site}/authorities/358/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_strategy_lead_signs_in_reads_and_signs_out(page, site, people, tmp_path):
    through_the_door(page, site, people["strategy_lead"])
    _a_days_reading(page, site, tmp_path)
    verbs = list(AuditEntry.objects.filter(who=people["strategy_lead"]).order_by("id").values_list("verb", flat=True))
    assert verbs[0] == Verb.SIGNED_IN
    assert verbs[-1] == Verb.SIGNED_OUT
    assert Verb.DOWNLOADED in verbs


def test_all_of_it_works_without_scripts(browser, site, people, tmp_path):
    with browser.new_context(java_script_enabled=False, accept_downloads=True) as context:
        page = context.new_page()
        through_the_door(page, site, people["councillor"])
        expect(page.get_by_role("heading", level=1)).to_have_text("Trafford scorecard")
        page.get_by_label("Period").fill("2024")
        page.get_by_role("button", name="Update").click()
        expect(page.get_by_role("row").filter(has_text="Attainment 8: average")).to_contain_text("58.3")
        page.get_by_role("link", name=re.compile("^Attainment 8: average")).click()
        page.get_by_label("Statistical neighbours", exact=True).select_option("2021")
        page.get_by_role("button", name="Update").click()
        expect(page.get_by_text("Statistical neighbours, mean (2021)")).to_be_visible()
        drawn = page.request.get(site + page.locator("img").first.get_attribute("src"))
        assert drawn.body().startswith(b"<svg")
        with page.expect_download() as taken:
            page.get_by_role("link", name="Download CSV of every authority").click()
        assert taken.value.suggested_filename == "attainment_8-trafford-authorities.csv"


def test_a_data_officer_enters_a_figure_and_is_told_what_is_wrong_first(page, site, people, settings, tmp_path, monkeypatch):
    monkeypatch.setattr("throughline.apps.performance.figures.rebuild", lambda *_: None)
    let_in(page, site, people["data_officer"]).goto(f"{site}/entered/")
    page.get_by_role("button", name="Enter a figure for Young mothers who are NEET").click()
    page.get_by_label("Period").fill("2024/25")
    page.get_by_label("Numerator").fill("12")
    page.get_by_role("button", name="Save figure").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Give both counts, or neither")
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Denominator")).to_be_focused()
    page.keyboard.type("48")
    page.get_by_role("button", name="Save figure").click()
    expect(page.get_by_role("row").filter(has_text="Trafford, 2024/25")).to_contain_text("25.0%")


def test_everything_can_be_reached_by_keyboard_alone(page, site, people):
    """The skip link comes first; from the content on, Tab and Enter open a measure."""
    let_in(page, site, people["employer"]).goto(f"{site}/authorities/358/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    focused = []
    for _ in range(8):
        page.keyboard.press("Tab")
        focused.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
        assert _is_visibly_focused(page), focused[-1]
    assert focused[:4] == ["period", "neighbours", "provisional", "Update"]
    link = next(text for text in focused if text.startswith("Young people aged 16 and 17"))
    while page.evaluate("document.activeElement.textContent.trim()") != link:
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(link)


def _is_visibly_focused(page: Page) -> bool:
    return page.evaluate("""() => {
        const look = getComputedStyle(document.activeElement);
        const box = document.activeElement.closest('.govuk-checkboxes__item');
        const ring = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
        return ring(look) || (box && ring(getComputedStyle(box.querySelector('label'), '::before')));
    }""")


PHONE, DESK = {"width": 375, "height": 800}, {"width": 1280, "height": 900}


def test_a_long_page_folds_on_a_phone_without_scripts_and_is_whole_at_a_desk_and_on_paper(browser, site, people):
    theme, measure = "Key stage 4", re.compile("^Attainment 8: average")
    with browser.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = let_in(context.new_page(), site, people["councillor"])
        page.goto(f"{site}/authorities/358/")
        link, switch = page.get_by_role("link", name=measure), page.locator("summary").filter(has_text=theme)
        expect(page.get_by_role("rowheader", name=theme)).to_be_visible()
        expect(link).to_be_hidden()
        switch.click()
        expect(link).to_be_visible()
        switch.click()
        expect(link).to_be_hidden()
        page.emulate_media(media="print")
        expect(link).to_be_visible()
        page.emulate_media(media="screen")
        page.set_viewport_size(DESK)
        expect(link).to_be_visible()
        expect(switch).to_be_hidden()
        page.set_viewport_size(PHONE)
        page.goto(f"{site}/authorities/358/measures/attainment_8/#statistical-neighbours")
        expect(page.get_by_role("table", name="2025 model")).to_be_visible()
        expect(page.get_by_role("img", name=re.compile("^Map of England"))).to_be_hidden()


A4 = {"width": 703, "height": 1032}  # within margins of 12 mm, at 96 pixels an inch
SHRUNK = 1.05  # every browser makes a page that much smaller to fit its paper
FURTHEST_RIGHT = "Math.max(...[...document.querySelectorAll('#scorecard :is(td, th)')].map(c => c.getBoundingClientRect().right))"


def test_the_scorecard_prints_on_a4_whole(page, site, people):
    let_in(page, site, people["councillor"]).goto(f"{site}/authorities/358/")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 1 <= sheets <= 6
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"] * SHRUNK
    assert page.evaluate(FURTHEST_RIGHT) <= A4["width"] * SHRUNK
    expect(page.get_by_role("columnheader", name="Trend")).to_be_visible()
    expect(page.get_by_role("button", name="Update")).to_be_hidden()
    expect(page.get_by_role("link", name="Download CSV of this scorecard")).to_be_hidden()
