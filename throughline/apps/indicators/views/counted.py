"""From a young person back to the figures that count them, and to the indicators that those figures are to move."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators.models import Indicator
from throughline.apps.indicators.queries import indicators_of
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import name_on
from throughline.apps.learners.views.door import of_learner
from throughline.apps.performance import figures
from throughline.apps.performance.asked import may_see_entered
from throughline.apps.performance.people import Asked, counted_in, counts_in_group


@require_GET
@of_learner(Permission.SEE_LEARNERS)
def show(request: HttpRequest, learner: Learner) -> HttpResponse:
    """The measures and indicators in which a learner counts, at the last month end of each."""
    counted = counted_in(request.user, learner)
    following = _following(request, learner, [asked for asked, _ in counted])
    rows = [(asked, is_counted, following[asked.measure.id]) for asked, is_counted in counted]
    return render(request, "indicators/counted.html", {
        "learner": learner, "name": name_on(learner, timezone.localdate()),
        "rows": sorted(rows, key=lambda row: not row[1]), "kept": figures.people_file().exists(),
        "behind": figures.people_file().exists() and figures.people_are_behind(),
        "sensitive": may(request.user, Permission.SEE_SENSITIVE),
        "may_see_figure": bool(counted) and may_see_entered(request.user, counted[0][0].area),
    })


def _following(request: HttpRequest, learner: Learner, counted: Iterable[Asked]) -> dict[str, list[Indicator]]:
    """The indicators that follow each measure, those of a group only where the learner is one of it; by the measure's id."""
    found: dict[str, list[Indicator]] = defaultdict(list)
    if not may(request.user, Permission.SEE_PLANS):
        return found
    by_measure = {asked.measure.id: asked for asked in counted}
    held = indicators_of(request.user).filter(state=Indicator.State.ACTIVE, measure__in=list(by_measure))
    for one in held:
        asked = replace(by_measure[one.measure], breakdown=one.breakdown, group=one.group)
        if not one.group or counts_in_group(request.user, learner, asked):
            found[one.measure].append(one)
    return found
