"""Pages that boards are given print on A4: what they say, and nothing to press, to choose or to follow."""

import pytest

from tests.house.stage import ONE, bring_on, set_stage
from tests.journeys.door import let_in

A4 = {"width": 703, "height": 1032}  # within margins of 12 mm, at 96 pixels an inch
SHRUNK = 1.05  # every browser makes a page that much smaller to fit its paper
# What can still be pressed or chosen on paper, as its own words.
LEFT = """() => [...document.querySelectorAll('button, select, nav, input:not([type=hidden]), textarea, [role=button]')]
    .filter(each => each.offsetParent !== null && each.getClientRects().length)
    .map(each => each.outerHTML.slice(0, 120))"""
PAPERS = (
    "/plans/", f"/plans/{ONE}/", f"/plans/{ONE}/actions/{ONE}/", f"/plans/{ONE}/baseline/", f"/plans/{ONE}/costs/",
    f"/plans/{ONE}/owners/", f"/plans/{ONE}/success/", "/plans/coverage/", "/due/", "/calendar/", "/indicators/",
    "/indicators/grid/", f"/indicators/{ONE}/", "/boards/", f"/boards/{ONE}/", "/meetings/", f"/meetings/{ONE}/",
    f"/meetings/{ONE}/agenda/", f"/meetings/{ONE}/minutes/", "/decisions/", "/scrutiny/", f"/scrutiny/{ONE}/",
    f"/consultations/{ONE}/", f"/reports/{ONE}/", f"/spine/{ONE}/", "/commissioning/", f"/commissioning/{ONE}/",
    f"/commissioning/interventions/{ONE}/", "/contracts/", f"/contracts/{ONE}/",
)

CONFIDENTIAL = (f"/follow-up/meetings/{ONE}/", f"/follow-up/meetings/{ONE}/print/", f"/follow-up/risk/{ONE}/")


@pytest.mark.parametrize(("role", "papers"), [("strategy_lead", PAPERS), ("tracking_officer", CONFIDENTIAL)],
                         ids=["strategy lead", "tracking officer"])
def test_pages_print_without_what_can_only_be_pressed(page, site, people, role, papers):
    """As whoever is offered most to press, with every record on the stage."""
    set_stage()
    reader = let_in(page, site, bring_on(people[role]))
    reader.emulate_media(media="print")
    reader.set_viewport_size(A4)
    found = {}
    for path in papers:
        assert reader.goto(site + path).status == 200, path
        left = reader.evaluate(LEFT)
        across = reader.evaluate("document.documentElement.scrollWidth")
        left += [f"{across} pixels wide"] if across > A4["width"] * SHRUNK else []
        if left:
            found[path] = left
        assert reader.get_by_role("heading", level=1).is_visible(), path
    assert found == {}
