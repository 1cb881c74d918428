"""One learner's page: who they are, what they do now, what they did, what is due, what changed and who looked."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners import files, keeping, queries, timeline
from throughline.apps.learners.actions import membership, undoing
from throughline.apps.learners.codes import says_nothing, trait_label
from throughline.apps.learners.doing import begun, doing
from throughline.apps.learners.due import due_above, due_of
from throughline.apps.learners.facts import facts_of
from throughline.apps.learners.history import LOOKS_SHOWN, STEPS_SHOWN, looks_at, steps_of
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.learners.outside import outside
from throughline.apps.learners.places import district_name
from throughline.apps.learners.standings import standing_on
from throughline.apps.learners.views.door import of_learner
from throughline.apps.learners.views.register import kept_search
from throughline.apps.learners.would_find import findings_of, returned_next
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.downloads import table_response


class Moment(NamedTuple):
    """The day that a page is about, and the moment as at which it was known; None for now. problem is {box: sentence}."""

    day: date
    known: datetime | None
    known_on: date | None
    problem: dict[str, str]

    @property
    def past(self) -> bool:
        """Whether the page shows anything else than today, as it is known today."""
        return self.known is not None or self.day != timezone.localdate()


def moment_asked(asked: Mapping[str, str]) -> Moment:
    """The day (on) and the day as known on (known) of an address; each is today unless said, and on is known's where only that
    is said.
    """
    days, problem = {}, {}
    for box, words in (("on", "The day"), ("known", "As known on")):
        try:
            days[box] = date.fromisoformat(said) if (said := asked.get(box, "").strip()) else None
        except ValueError:
            days[box], problem[box] = None, f"{words} must be a real day, such as {timezone.localdate().isoformat()}"
    today = timezone.localdate()
    known_on = days["known"] if days["known"] and days["known"] < today else None
    # What was known on a day is what was known when it was over.
    known = known_on and timezone.make_aware(datetime.combine(known_on + timedelta(days=1), time.min)) - timedelta(microseconds=1)
    return Moment(days["on"] or known_on or today, known, known_on, problem)


@require_GET
@of_learner(Permission.SEE_LEARNERS, closed_too=True)
def show(request: HttpRequest, learner: Learner) -> HttpResponse:
    """A learner's page, as it is known now or as it was known on a day."""
    both = {"learner": learner, "search": kept_search(request)}
    if not request.sight.record:
        return render(request, "learners/closed.html", both)
    moment = moment_asked(request.GET)
    if not moment.past and (was := queries.taken_back(learner)):
        return render(request, "learners/taken_back.html", {**both, "was": was, "sight": request.sight})
    return render(request, "learners/learner.html", {**both, **_shown(request, learner, moment)})


def _shown(request: HttpRequest, learner: Learner, moment: Moment) -> dict[str, Any]:
    sight, day, known = request.sight, moment.day, moment.known
    activities = _activities(learner, known)
    now, bars = standing_on(activities, day, sight.sensitive), timeline.bars(activities, day, sight.sensitive)
    current = next((one for one in activities if one.counted == now.stood.activity), None)
    guarded, answered = sight.everything and not moment.past, None if moment.past else learner.answered_on
    above, gone = due_above(request.user, learner) if guarded else [], outside(learner.pk, day, known)
    return {
        "learner": learner, "sight": sight, "moment": moment, "now": now, "current": current, "bars": bars,
        "still": bool(current) and not says_nothing(current.code, day) and not current.left_before(day),
        "to_come": [one for one in activities if one.start > day], "wide": timeline.drawn(bars),
        "narrow": timeline.drawn(bars, timeline.NARROW), "due": due_of(now, day, answered, above, gone), "doing": doing,
        "name": queries.name_on(learner, day, known), "facts": facts_of(learner, sight, day, known),
        "traits": _traits(learner, sight, moment), "addresses": _addresses(learner, sight, moment), "district": district_name,
        "contacts": queries.spans_on(learner, "contacts", day, known) if sight.everything else [],
        "begun": begun, "gone": gone, "never_left": bool(gone and gone.left) and bool(membership.held_before_leaving(learner)),
        "steps": steps_of(learner, sight, known) if sight.everything else [],
        "findings": findings_of(learner) if sight.may_edit and not moment.past else None, "month_end": returned_next(),
        "kept": _kept(learner) if guarded else None,
        "looks": looks_at(learner) if guarded else [], "at_most": (STEPS_SHOWN, LOOKS_SHOWN),
        "undo": undoing.last_change(learner) if guarded else None,
    }


def _kept(learner: Learner) -> dict[str, Any]:
    """Until when the record is kept, why, and who decided so."""
    last = keeping.last_day_of(learner)
    return {"day": last.day, "why": keeping.WHY[last.why], "longer": queries.kept_longer_until(learner)}


def _traits(learner: Learner, sight: Any, moment: Moment) -> list[tuple[Any, str]]:
    held = queries.spans_on(learner, "traits", moment.day, moment.known)
    return [(one, trait_label(one.trait, moment.day)) for one in held if sight.shows_trait(one)]


def _addresses(learner: Learner, sight: Any, moment: Moment) -> list[tuple[Any, bool]]:
    """Where they live with whether the reader may see it."""
    if not sight.everything:
        return []
    return [(one, sight.shows_address(one)) for one in queries.spans_on(learner, "addresses", moment.day, moment.known)]


def _activities(learner: Learner, known: datetime | None) -> list[Activity]:
    return list(learner.activities.known(known).select_related("source").order_by("start"))


@require_GET
@of_learner(Permission.SEE_LEARNERS, verb=Verb.DOWNLOADED)
def download(request: HttpRequest, learner: Learner, kind: str) -> HttpResponse:
    """The activities that a learner's page draws, as CSV or XLSX."""
    moment = moment_asked(request.GET)
    bars = timeline.bars(_activities(learner, moment.known), moment.day, request.sight.sensitive)
    return table_response(kind, f"learner-{learner.number}", files.ACTIVITY_COLUMNS, list(files.activity_rows(bars)),
                          [files.CONFIRMED_NOTE], title=f"Activities of learner {learner.number}")


@require_POST
@of_learner(Permission.EDIT_LEARNERS)
def undo(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Undo the last change."""
    try:
        at = parse_datetime(request.POST.get("at", ""))
        undoing.undo_last_change(by=request.user, learner=learner, at=at)
        messages.success(request, "The last change is undone. Undo again to have it back.")
    except (RefusedError, ValueError) as error:
        messages.error(request, getattr(error, "sentence", "Something else has changed since. Look at what it says now"))
    return redirect("learners:learner", learner.pk)
