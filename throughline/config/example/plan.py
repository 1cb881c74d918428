"""Reads the example plan in as any plan is read, ties it to the figures of the register and has a board approve it."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from throughline.analytics.planreading.read import read_plan_file
from throughline.apps.indicators.actions.judging import judge_by_person
from throughline.apps.indicators.actions.register import amend_indicator
from throughline.apps.indicators.actions.values import enter_value
from throughline.apps.indicators.evidence import evidence_for
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Board, Party
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.actions.approving import approve_plan
from throughline.apps.plans.models import Action, Plan, Section
from throughline.config.example.given import Given, plan_text
from throughline.core.rounding import round_half_up

_PUBLISHED_AFTER = 12  # months


def read_in(held: Given) -> Plan:
    """The example plan, read from a document and accepted as a draft."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "partnership-plan.md"
        document.write_text(plan_text(held), encoding="utf-8")
        tree = read_plan_file(document, Path(settings.DEFINITIONS))
    return accept_tree(by=held.lead, area=held.area, tree=tree)


def give_accounts(held: Given) -> None:
    """Let each example person stand for the post that is theirs, so that its actions are theirs."""
    for name, role in held.said["posts"].items():
        Party.objects.filter(area=held.area, name=name).update(user=held.person(role))


def tie_to_figures(held: Given, plan: Plan) -> None:
    """Say which measure each indicator follows, under which priority it stands and which actions are to move it."""
    found = {one.number: one for one in Indicator.objects.filter(area=held.area, plans=plan)}
    found |= {one.number: one for one in Indicator.objects.filter(area=held.area, sections__plan=plan)}
    for number, followed in held.said["measures"].items():
        amend_indicator(by=held.lead, indicator=found[number], reason="Chosen as the figure it follows", **followed)
    _start_from_the_figures(held, Indicator.objects.filter(pk__in=[found[number].pk for number in held.said["measures"]]))
    for number, named in held.said["under"].items():
        section = Section.objects.get(plan=plan, kind=Section.Kind.PRIORITY, number=number)
        section.indicators.add(*(found[each] for each in named))
    for number, named in held.said["moves"].items():
        Action.objects.get(plan=plan, number=number).indicators.add(*(found[each] for each in named))
    _enter(held, found)


def _start_from_the_figures(held: Given, indicators: QuerySet[Indicator]) -> None:
    """Give each the baseline that was known when the plan was approved: published figures come out a year late, or nearly."""
    approved = held.said["approved_months"]
    followed = evidence_for(indicators, held.area, held.on)
    for one in indicators:
        known = held.ago(approved if followed[one.pk].kind == "register" else approved + _PUBLISHED_AFTER)
        points = [point for point in followed[one.pk].points if point.value is not None and point.end <= known]
        if points and not one.baseline_printed and one.baseline_value is None:
            value = round_half_up(points[-1].value, followed[one.pk].decimals)
            amend_indicator(by=held.lead, indicator=one, reason="The newest figure that was out when the plan was approved",
                            baseline_printed=f"{value:g} ({points[-1].period})", baseline_value=value,
                            baseline_period=points[-1].period)


def _enter(held: Given, found: dict[str, Indicator]) -> None:
    for said in held.said["value"]:
        amend_indicator(by=held.lead, indicator=found[said["indicator"]], reason="How its values are entered",
                        unit=said.get("unit", "number"), decimals=said.get("decimals", 0))
        for period, value, evidence, beside in said["values"]:
            enter_value(by=held.lead, indicator=found[said["indicator"]], period=held.dated(period), value=value,
                        evidence=f"{evidence}, invented for the demonstration", comparators=beside)
    for said in held.said["judgement"]:
        judge_by_person(by=held.lead, indicator=found[said["indicator"]], on=held.ago(said["months"]), status=said["status"],
                        evidence=said["evidence"])


def approve(held: Given, plan: Plan) -> None:
    """Have the board that approves plans approve it."""
    name = next(board["name"] for board in held.said["board"] if board.get("approves"))
    board = Board.objects.get(area=held.area, name=name)
    approve_plan(by=held.lead, plan=plan, board=board, approved_on=held.ago(held.said["approved_months"]), note="Minute 1")
