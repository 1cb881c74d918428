"""Every page of the site in a browser, wide and narrow: axe finds nothing, and nothing reaches past the window."""

from collections.abc import Iterable

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.cast import make_user
from tests.house.routes import GUARDED, OPEN, SIGNED_IN, walk
from tests.house.routes_accounts import ACCOUNTS
from tests.house.routes_campaigns import CAMPAIGNS
from tests.house.routes_codelists import CODELISTS
from tests.house.routes_commissioning import COMMISSIONING
from tests.house.routes_exchange import EXCHANGE
from tests.house.routes_followup import FOLLOWUP
from tests.house.routes_governance import GOVERNANCE
from tests.house.routes_handbook import HANDBOOK
from tests.house.routes_indicators import INDICATORS
from tests.house.routes_learners import LEARNERS
from tests.house.routes_organisations import ORGANISATIONS
from tests.house.routes_performance import PERFORMANCE
from tests.house.routes_plans import PLANS
from tests.house.routes_progress import PROGRESS
from tests.house.routes_reading import READINGS
from tests.house.routes_reports import REPORTS
from tests.house.routes_returns import RETURNS
from tests.house.stage import bring_on, set_stage
from tests.journeys.door import half_way_in, let_in
from throughline.analytics.measures.load import load_measures
from throughline.apps.accounts import demonstration
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ROLES
from throughline.apps.performance import actions

WIDTHS = (1280, 375)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
# Rows of a long table are made by the same lines of a template: the first half dozen are looked at.
ALIKE = {"exclude": [["tbody tr:nth-child(n+7)"]]}
# What a page says is the same at either width. How large and how near things are is not, and is looked at on every page; all the
# rest once more on the last page of a room, for the narrow menu, which is every page's.
NARROW = {"runOnly": ["target-size", "scrollable-region-focusable"], "resultTypes": ["violations"]}
# What was found alone comes back: all that was not, at each page, would take as long again.
FOUND = "async ([context, rules]) => (await axe.run(context, rules)).violations"
# What hands over a file or a picture, by the end of its name, and what says whether the site is up.
FILES = ("_download", "_csv", "_ics", "_json", "_outline", "_file", "_unread", ":download", ":picture", ":document", ":paper",
         ":evidence", ":material", "mfa_download_recovery_codes", "health", ":feed", ":meeting_ics")
# Whose pages are looked at as whom: a room's pages by somebody who may open all of them, each once.
LOOKS = {
    "performance": ("data_officer", PERFORMANCE),
    "accounts": ("administrator", ACCOUNTS),
    "code lists": ("data_officer", CODELISTS),
    "organisations and reports": ("strategy_lead", {**ORGANISATIONS, **REPORTS}),
    "learners": ("data_officer", LEARNERS),
    "learners of a school": ("provider_staff", LEARNERS),
    "files": ("tracking_officer", EXCHANGE),
    "files that were sent": ("provider_staff", {
        key: route for key, route in EXCHANGE.items() if Permission.SEND_LISTS in route.needs}),
    "figures that count somebody": ("tracking_officer", {"indicators:counted": INDICATORS["indicators:counted"]}),
    "openings": ("information_governance_officer", LEARNERS),
    "governance": ("strategy_lead", GOVERNANCE),
    "commissioning": ("strategy_lead", COMMISSIONING),
    "questions": ("councillor", {key: route for key, route in GOVERNANCE.items() if Permission.ASK_QUESTIONS in route.needs}),
    "indicators": ("strategy_lead", INDICATORS),
    "plans": ("strategy_lead", PLANS),
    "progress": ("strategy_lead", PROGRESS),
    "campaigns and the handbook": ("strategy_lead", {**CAMPAIGNS, **HANDBOOK}),
    "readings": ("strategy_lead", READINGS),
    "returns": ("data_officer", RETURNS),
    "follow-up": ("data_officer", FOLLOWUP),
}
# Pages that show something else than the example of their route does.
MORE = (
    "/authorities/?area=traford", "/no-such-page/", "/authorities/909/", "/authorities/970/", "/authorities/358/?period=banana",
    "/authorities/358/?period=2024&neighbours=2021&provisional=1", "/authorities/821/measures/apprenticeships_16_17/",
    "/authorities/942/measures/attainment_8/", "/authorities/970/measures/attainment_8/",
    "/authorities/201/measures/apprenticeships_16_17/", "/authorities/358/measures/ks2_reading_scaled_score/",
    "/authorities/358/measures/attainment_8/?period=1987", "/compare/", "/compare/?area=Traford&area=358&area=909&area=981",
    "/measures/", "/measures/?q=zzzzqqqq",
)


@pytest.fixture(autouse=True)
def axe_in_every_page(page):
    page.add_init_script(Axe().axe_script)


@pytest.fixture
def entered(people) -> User:
    """A figure that has been entered, for the pages that list one; its officer."""
    measure = load_measures(settings.DEFINITIONS)["schools_with_an_enterprise_adviser"]
    officer = people["data_officer"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions.figures, "rebuild", lambda *_: None)
        actions.enter_figure(by=officer, measure=measure, area="358", period="2024/25", value=12, status="final")
    return officer


def _faults(page: Page, site: str, path: str, unfolded: bool = True, answers: int | None = None) -> list[str]:
    """What axe finds on a page at either width, and by how much the page is too wide; unfolded opens what is folded away.

    answers is the status that the page must have, where only one will do.
    """
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    status = page.goto(site + path).status
    if answers not in (None, status):
        return [f"{path} answers {status}"]
    page.evaluate(f"document.querySelectorAll('details').forEach(each => {{ each.open = {str(unfolded).lower()} }})")
    landed = page.url.removeprefix(site)
    found = [f"{path} leads to {landed}"] if landed.startswith("/account/login/") != path.startswith("/account/login/") else []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        across = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{path} at {width}: {across} pixels wide"] if across > width else []
        found += [f"{path} at {width}: {fault}" for fault in _violations(page, RULES if width == WIDTHS[0] else NARROW)]
    return found


def _violations(page: Page, rules: dict) -> list[str]:
    """What axe, which the page holds already, finds on it."""
    return [f"{violation['id']}: {[node['html'][:100] for node in violation['nodes'][:3]]}"
            for violation in page.evaluate(FOUND, [ALIKE, rules])]


def _addresses(person: User, keys: Iterable[str]) -> list[str]:
    """The example of each of these routes, those left out that hand over a file or only change something."""
    found = {found.key: found for found in walk()}
    shown = [key for key in keys if not key.endswith(FILES) and (key not in GUARDED or GUARDED[key].gets)]
    return [found[key].address(person.pk, GUARDED[key].args if key in GUARDED else None)
            + (GUARDED[key].query if key in GUARDED else "") for key in shown]


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_a_room_is_accessible_and_fits(page, site, people, entered, look):
    role, room = LOOKS[look]
    set_stage()
    addresses = _addresses(entered, [key for key, route in room.items() if route.needs <= ROLES[role].permissions])
    let_in(page, site, bring_on(people[role]))
    assert addresses
    assert [fault for path in addresses for fault in _faults(page, site, path, answers=200)] == []
    assert _violations(page, RULES) == [], "the last of them, still narrow"


def test_no_page_is_left_out_because_nobody_who_looks_may_open_it():
    looked_at = {key for role, room in LOOKS.values() for key, route in room.items() if route.needs <= ROLES[role].permissions}
    assert set(GUARDED) - looked_at == set()


def test_pages_for_everybody_and_pages_that_show_something_else_are_accessible_and_fit(page, site, people):
    person = people["data_officer"]
    addresses = _addresses(person, [*SIGNED_IN, "accessibility", "account_logout"])
    RecoveryCodes.activate(person)
    let_in(page, site, person)
    assert [fault for path in addresses for fault in _faults(page, site, path)] == []
    assert [fault for path in MORE for fault in _faults(page, site, path, unfolded=False)] == []


def test_every_page_for_those_outside_is_accessible_and_fits(page, site, people):
    person = people["employer"]
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    addresses = _addresses(person, [key for key, status in OPEN.items() if status in (200, 401)])
    addresses.append(reverse("account_reset_password_from_key", kwargs=key))
    assert [fault for path in addresses for fault in _faults(page, site, path)] == []


REFUSED_FORMS = (
    ("data_officer", "/entered/neet_young_mothers/", "Save figure"), ("data_officer", "/load/", "Check and load"),
    ("strategy_lead", "/plans/add/", "Start the plan"), ("strategy_lead", "/readings/", "Read the file"),
)


def test_a_refusal_and_a_refused_form_are_accessible_and_fit(page, site, people):
    let_in(page, site, people["data_officer"])
    assert _faults(page, site, "/audit/", answers=403) == []
    for role, path, button in REFUSED_FORMS:
        let_in(page, site, people[role])
        page.goto(site + path)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_visible()  # waits for the answer
        assert [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]] == []


def test_the_second_step_of_signing_in_is_accessible_and_fits(page, site, people):
    page.goto(f"{site}/account/login/")
    page.get_by_label("Email address").fill(people["employer"].email)
    page.get_by_label("Password", exact=True).fill(demonstration.shared_password())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/account/2fa/authenticate/**")
    assert _faults(page, site, "/account/2fa/authenticate/") == []


def test_setting_up_an_app_for_the_first_time_is_accessible_and_fits(page, site, people):
    half_way_in(page, site, make_user("inspector", email="new@example.org"))
    assert _faults(page, site, "/account/2fa/totp/activate/") == []
    assert page.get_by_role("heading", level=1).inner_text() == "Set up an authenticator app"
