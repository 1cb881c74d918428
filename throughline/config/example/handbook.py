"""The example's handbook: its pages with their editions, beside the tasks and the actions of the plan that they are about."""

from typing import Any

from throughline.apps.handbook.actions import add_edition, add_page
from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions.editing import set_handbook_pages
from throughline.apps.plans.models import Action, Plan
from throughline.config.example.given import Given, stated


def write_handbook(held: Given, plan: Plan) -> None:
    """Every page in order, then which actions each is shown beside."""
    beside: dict[str, list[Any]] = {}
    for said in stated("handbook")["page"]:
        words = {"title": said["title"], "service": said["service"], "audience": said["audience"], "tasks": said["tasks"],
                 "owner": Party.objects.filter(area=held.area, name=said["owner"]).first()}
        page = add_page(by=held.lead, area=held.area, **words, **_dated(held, said))
        for edition in said.get("edition", []):
            add_edition(by=held.lead, page=page, change=edition["change"], **words, **_dated(held, edition))
        for number in said["actions"]:
            beside.setdefault(number, []).append(page)
    for action in Action.objects.filter(plan=plan, number__in=beside):
        set_handbook_pages(by=held.lead, action=action, pages=beside[action.number])


def _dated(held: Given, said: dict[str, Any]) -> dict[str, Any]:
    return {"body": said["body"].strip(), "starts_on": held.ago(said["months"]), "review_on": held.ago(said["review"])}
