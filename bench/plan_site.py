"""A site of its own with one large plan, judged and drawn: in the folder that THROUGHLINE_VAR names.

python -m bench.plan_site make [ACTIONS INDICATORS]   makes the site; prints a session's cookie and the pages' paths as JSON
python -m bench.plan_site measure TIMES               prints the milliseconds of judging and of each page as JSON
"""

import json
import sys
from datetime import timedelta
from itertools import cycle
from time import perf_counter
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.plan_made import plan_of
from bench.site import cookie_of, lay_foundations, reader_of, signed_in  # which sets Django up for what follows
from throughline.apps.accounts.models import User
from throughline.apps.indicators.actions import amend_indicator
from throughline.apps.indicators.judgements import judge_all
from throughline.apps.indicators.models import Indicator
from throughline.apps.performance import figures
from throughline.apps.plans.actions.accepting import accept_tree
from throughline.apps.plans.actions.updating import add_update
from throughline.apps.plans.models import Action, Plan
from throughline.apps.plans.proposing import propose_all
from throughline.apps.plans.trees import indicators_of

AREA = "850"  # Hampshire
ACTIONS, INDICATORS, UPDATES = 500, 100, 12
RATINGS = ("green", "amber", "red", "")
GAPS = ("level_3_by_19_fsm_gap", "level_2_by_19_fsm_gap")
JUDGING = "judging"
PAGES = ("plan", "register", "grid")


def make(actions: int = ACTIONS, indicators: int = INDICATORS) -> None:
    """A database, a warehouse, a person who may see everything, and the plan with a year behind it."""
    lay_foundations()
    lead = reader_of("strategy_lead", area=AREA)
    with transaction.atomic():
        plan = accept_tree(by=lead, area=AREA, tree=plan_of(actions, indicators))
        follow_measures(plan, lead)
        live_a_year(plan, lead)
    json.dump({"cookie": cookie_of(signed_in(lead)), "paths": paths_of(plan)}, sys.stdout)


def follow_measures(plan: Plan, by: User) -> None:
    """Let every numbered indicator follow a published measure, gaps a gap; those that success criteria gave are taken out.

    Every fifth action is to move one of them.
    """
    held = indicators_of(plan)
    numbered = [each for each in held if each.number]
    Indicator.objects.filter(pk__in=[each.pk for each in held if not each.number]).delete()
    published = [each for each in figures.measures().values() if each.published and each.id not in GAPS]
    ids, gaps = cycle(each.id for each in published), cycle(GAPS)
    for one in numbered:
        amend_indicator(by=by, indicator=one, reason="Chosen as the figure it follows",
                        measure=next(gaps if "gap" in one.target_words else ids))
    for one, action in zip(cycle(numbered), Action.objects.filter(plan=plan)[::5], strict=False):
        action.indicators.add(one)


def live_a_year(plan: Plan, by: User) -> None:
    """Every action has an update each month, rated as proposed, or otherwise with a reason."""
    actions, today = list(Action.objects.filter(plan=plan).select_related("plan")), timezone.localdate()
    for month in reversed(range(UPDATES)):
        on = today - timedelta(days=30 * month)
        proposals = propose_all(actions, on)
        for place, action in enumerate(actions):
            add_update(
                by=by, action=action, rag=RATINGS[(place + month) % len(RATINGS)], as_at=on, proposal=proposals[action.pk],
                narrative="Going on as was said last month.", override_reason="As the meeting of the sub-group heard",
            )


def paths_of(plan: Plan) -> dict[str, str]:
    """The address of each page that is measured."""
    return {"plan": reverse("plans:plan", args=[plan.pk]), "register": reverse("indicators:register"),
            "grid": reverse("indicators:grid")}


def measure(times: int) -> dict[str, list[float]]:
    """Milliseconds of judging the plan's indicators and of each page to a signed-in reader, so many of each, in turns.

    One turn of each goes before and is not counted. Raises RuntimeError when a page fails.
    """
    plan = Plan.objects.get()
    held, today = indicators_of(plan), timezone.localdate()
    client = signed_in(User.objects.earliest("pk"))
    took: dict[str, list[float]] = {name: [] for name in (JUDGING, *PAGES)}
    for _ in range(times + 1):
        took[JUDGING].append(_timed(lambda: judge_all(held, today, entered=True)))
        for name, path in paths_of(plan).items():
            took[name].append(_timed(lambda path=path: _read(client, path)))
    return {name: each[1:] for name, each in took.items()}


def _timed(run: Any) -> float:
    begun = perf_counter()
    run()
    return (perf_counter() - begun) * 1000


def _read(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: status {answer.status_code}")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(*map(int, sys.argv[2:]))
    else:
        json.dump(measure(int(sys.argv[2])), sys.stdout)
