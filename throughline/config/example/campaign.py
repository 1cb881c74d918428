"""The example's campaign: its messages over the academic year we are in, those gone out that were due, and what parents said."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from throughline.apps.organisations.models import Party
from throughline.apps.plans.actions import campaigns
from throughline.apps.plans.models import Action, Campaign, Plan
from throughline.config.example.given import Given, stated


def run_campaign(held: Given, plan: Plan) -> None:
    """The campaign, its messages and its market research, so far as the year has come."""
    said = stated("campaign")
    campaign = campaigns.add_campaign(
        by=held.lead, area=held.area, title=said["title"], aim=said["aim"], audience=said["audience"], plan=plan,
        lead=_party(held, said["lead"]), starts_on=_day(held, said["starts"]), ends_on=_day(held, said["ends"]),
        budget=said["budget"])
    actions = list(Action.objects.filter(plan=plan, number__in=said["actions"]))
    campaigns.set_actions(by=held.lead, campaign=campaign, actions=actions)
    for message in said["message"]:
        _send(held, campaign, message)
    for asked in said["research"]:
        if (on := _day(held, asked["on"])) <= held.on:
            campaigns.add_research(by=held.lead, campaign=campaign, asked_on=on, question=asked["question"],
                                   method=asked["method"], answered=asked.get("answered"), figures=asked["figures"],
                                   said=asked["said"])


def _send(held: Given, campaign: Campaign, said: dict[str, Any]) -> None:
    """Plan a message, and log it where its day is past."""
    on = _day(held, said["on"])
    message = campaigns.add_message(by=held.lead, campaign=campaign, text=said["text"], channel=said["channel"], planned_on=on,
                                    audience=said.get("audience", ""), who=_party(held, said["who"]))
    if on <= held.on and said.get("logged", True):
        file = SimpleUploadedFile("letter.txt", said["file"].encode()) if "file" in said else None
        campaigns.log_message(by=held.lead, message=message, sent_on=on, reach=said.get("reach"), reach_how=said.get("how", ""),
                              address=said.get("address", ""), upload=file)


def _party(held: Given, name: str) -> Party | None:
    return Party.objects.filter(area=held.area, name=name).first()


def _day(held: Given, month_day: str) -> date:
    return held.this_year(int(month_day[:2]), int(month_day[3:]))
