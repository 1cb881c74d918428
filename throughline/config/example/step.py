"""The step of a demonstration that makes the example plan of the invented authority and its year, once."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughline.analytics.measures.areas import find_area
from throughline.apps.learners.codes import invented_authority
from throughline.apps.performance.figures import warehouse
from throughline.apps.plans.models import Plan
from throughline.config.example import boards, campaign, commissioning, handbook, plan, year
from throughline.config.example.given import given

PARTS = 6


def make_plan(_area: str, advance: Callable[[], None]) -> str:
    """Make the example plan for the invented authority, unless it has one. All of it or nothing."""
    place = find_area(warehouse(), invented_authority(settings.DEFINITIONS)["area"])
    if Plan.with_removed.filter(area=place.area).exists():
        return f"up to date: {place.name} has a plan"
    held = given(place.area, place.name, timezone.localdate())
    with transaction.atomic():
        made = plan.read_in(held)
        advance()
        plan.give_accounts(held)
        plan.tie_to_figures(held, made)
        advance()
        boards.make_boards(held)
        plan.approve(held, made)
        boards.consult(held, made)
        boards.hold_meetings(held, made)
        boards.ask_questions(held, made)
        handbook.write_handbook(held, made)
        advance()
        year.live_through(held, made)
        advance()
        year.fill_calendar(held, made)
        campaign.run_campaign(held, made)
        year.report(held, made)
        advance()
        commissioning.commission(held, made)
        advance()
    return f"made: {made.actions.count()} actions, a year of updates, four reports and a year's commissioning, all invented"
