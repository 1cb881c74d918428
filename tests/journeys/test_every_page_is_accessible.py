"""Every page of the site in a browser, wide and narrow: axe finds nothing, and nothing reaches past the window."""

from collections.abc import Iterable

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from tests.cast import make_user
from tests.house.routes import GUARDED, OPEN, SIGNED_IN, walk
from tests.journeys.door import half_way_in, let_in
from throughline.analytics.measures.load import load_measures
from throughline.apps.accounts import demonstration
from throughline.apps.accounts.models import User
from throughline.apps.accounts.roles import ROLES
from throughline.apps.performance import actions

WIDTHS = (1280, 375)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
FILES = {
    "accounts:audit_csv", "performance:picture", "performance:scorecard_download", "performance:measure_download",
    "performance:compare_download", "performance:freshness_download", "performance:entered_download", "accounts:users_download",
    "accounts:roles_download", "mfa_download_recovery_codes", "health",
}
# Pages that show something else than the example of their route does.
MORE = (
    "/?area=traford", "/no-such-page/", "/authorities/909/", "/authorities/970/", "/authorities/358/?period=banana",
    "/authorities/358/?period=2024&neighbours=2021&provisional=1", "/authorities/821/measures/apprenticeships_16_17/",
    "/authorities/942/measures/attainment_8/", "/authorities/970/measures/attainment_8/",
    "/authorities/201/measures/apprenticeships_16_17/", "/authorities/358/measures/ks2_reading_scaled_score/",
    "/authorities/358/measures/attainment_8/?period=1987", "/compare/", "/compare/?area=Traford&area=358&area=909&area=981",
    "/measures/", "/measures/?q=zzzzqqqq",
)


@pytest.fixture
def entered(people) -> User:
    """A figure that has been entered, for the pages that list one; its officer."""
    measure = load_measures(settings.DEFINITIONS)["schools_with_an_enterprise_adviser"]
    officer = people["data_officer"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions.figures, "rebuild", lambda *_: None)
        actions.enter_figure(by=officer, measure=measure, area="358", period="2024/25", value=12, status="final")
    return officer


def _faults(page: Page, site: str, path: str, unfolded: bool = True) -> list[str]:
    """What axe finds on a page at either width, and by how much the page is too wide; unfolded opens what is folded away."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(site + path)
    page.evaluate(f"document.querySelectorAll('details').forEach(each => {{ each.open = {str(unfolded).lower()} }})")
    landed = page.url.removeprefix(site)
    found = [f"{path} leads to {landed}"] if landed.startswith("/account/login/") != path.startswith("/account/login/") else []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        across = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{path} at {width}: {across} pixels wide"] if across > width else []
        for violation in Axe().run(page, options=RULES).response["violations"]:
            nodes = [node["html"][:100] for node in violation["nodes"][:3]]
            found.append(f"{path} at {width}: {violation['id']}: {nodes}")
    return found


def _addresses(person: User, keys: Iterable[str]) -> list[str]:
    """The example of each of these routes, those left out that hand over a file or only change something."""
    found = {found.key: found for found in walk()}
    shown = [key for key in keys if key not in FILES and (key not in GUARDED or GUARDED[key].gets)]
    return [found[key].address(person.pk, GUARDED[key].args if key in GUARDED else None)
            + (GUARDED[key].query if key in GUARDED else "") for key in shown]


@pytest.mark.parametrize("role", ["administrator", "data_officer"])
def test_every_page_of_a_role_is_accessible_and_fits(page, site, people, entered, role):
    opened = [key for key, route in GUARDED.items() if route.needs <= ROLES[role].permissions]
    addresses = _addresses(entered, [*opened, *SIGNED_IN, "accessibility", "account_logout"])
    more = MORE if role == "data_officer" else ()  # the same for both
    RecoveryCodes.activate(people[role])
    let_in(page, site, people[role])
    assert [fault for path in addresses for fault in _faults(page, site, path)] == []
    assert [fault for path in more for fault in _faults(page, site, path, unfolded=False)] == []


def test_every_page_for_those_outside_is_accessible_and_fits(page, site, people):
    person = people["employer"]
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    addresses = _addresses(person, [key for key, status in OPEN.items() if status in (200, 401)])
    addresses.append(reverse("account_reset_password_from_key", kwargs=key))
    assert [fault for path in addresses for fault in _faults(page, site, path)] == []


def test_a_refusal_and_a_refused_form_are_accessible_and_fit(page, site, people):
    let_in(page, site, people["data_officer"])
    assert _faults(page, site, "/audit/") == []
    for path, button in (("/entered/neet_young_mothers/", "Save figure"), ("/load/", "Check and load")):
        page.goto(site + path)
        page.get_by_role("button", name=button).click()
        assert page.get_by_role("alert").is_visible()
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
