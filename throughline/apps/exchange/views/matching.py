"""Rows that nobody was found for, of every file: whom they are about is for an officer to say."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from throughline.analytics.intake.said import from_json
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange import queries
from throughline.apps.exchange.actions import subject_of
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.forms import FindForm
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.readers import reader_of
from throughline.apps.exchange.views.door import UNMATCHED, seen
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import find_learners, learner_or_404
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError

_A_PAGE, _OFFERED = 50, 10


@require_GET
@of_own_authority(Permission.EDIT_LEARNERS)
def unmatched(request: HttpRequest) -> HttpResponse:
    """The rows of every file that wait for somebody to say whom they are about."""
    page = Paginator(queries.unmatched_rows(request.user), _A_PAGE).get_page(request.GET.get("page"))
    rows = [[row.delivery_id, row.line] for row in page.object_list]
    seen(request, UNMATCHED, detail={"files and lines": rows})
    return render(request, "exchange/unmatched.html", {"page": page})


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_LEARNERS)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row, those of the register it may be about, and the ways to settle it; a search is posted, and kept nowhere."""
    found = queries.row_or_404(request.user, pk)
    form = FindForm(request.POST if "find" in request.POST else None)
    if request.method == "POST" and "find" not in request.POST:
        return _settle(request, found)
    people = _asked(request, form) if form.is_bound and form.is_valid() else _likely(request, found)
    # One look, at the row and at everybody it is or may be about.
    numbers = {one.number for one in people} | ({found.learner.number} if found.learner else set())
    seen(request, subject_of(found.delivery), detail={"learners": sorted(numbers), "lines": [found.line]})
    said, reader = from_json(found.values) if found.values else None, reader_of(request.user, request.user.area)
    given = {"row": found, "said": said, "form": form, "people": people, "sender": queries.sender_of(found.delivery),
             "named": reader.named(found), "shut": reader.is_shut(found), "home": not reader.hides_home(found)}
    return render(request, "exchange/row.html", given)


def _settle(request: HttpRequest, found: Row) -> HttpResponse:
    chosen, _, key = request.POST.get("settled", "").partition("-")
    learner = learner_or_404(request.user, int(key)) if chosen == Row.Settled.LINKED and key.isdecimal() else None
    try:
        settled = settle_row(by=request.user, row=found, settled=chosen, learner=learner)
        messages.success(request, f"Line {settled.line} is settled: {settled.settled_as}.")
    except RefusedError as error:
        messages.error(request, error.sentence)
        return redirect("exchange:row", found.pk)
    following = queries.unmatched_rows(request.user).filter(delivery=found.delivery).first()
    return redirect("exchange:row", following.pk) if following else redirect("exchange:delivery", found.delivery_id)


def _asked(request: HttpRequest, form: FindForm) -> list[Learner]:
    said: dict[str, Any] = form.cleaned_data
    return list(find_learners(request.user, words=said["words"], number=said["number"])[:_OFFERED]) if any(said.values()) else []


def _likely(request: HttpRequest, found: Row) -> list[Learner]:
    """Those born on the same day, and those of the same surname; restricted ones are found by a number only."""
    said = from_json(found.values) if found.values else None
    if said is None:
        return []
    people = list(find_learners(request.user, born=said.born)[:_OFFERED]) if said.born else []
    more = list(find_learners(request.user, words=said.family)[:_OFFERED]) if said.family else []
    return list({one.pk: one for one in (*people, *more)}.values())[:_OFFERED]
