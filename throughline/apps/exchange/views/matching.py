"""Rows that nobody was found for, of every file: whom they are about is for an officer to say."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from throughline.analytics.intake.said import Said, from_json
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange import queries
from throughline.apps.exchange.actions import subject_of
from throughline.apps.exchange.actions.settling import settle_row
from throughline.apps.exchange.candidates import Candidate, likely, ranked
from throughline.apps.exchange.forms import FindForm
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.readers import Reader, reader_of
from throughline.apps.exchange.saying import said_lines, why_nobody_new
from throughline.apps.exchange.views.door import UNMATCHED, seen
from throughline.apps.learners.queries import find_learners, learner_or_404
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError

_A_PAGE, _LOOKED_AT = 50, 100


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
    reader, said = reader_of(request.user, request.user.area), from_json(found.values) if found.values else None
    shut = reader.is_shut(found)
    people = _offered(request, found, said, form, reader) if said and not shut and found.may_be_settled else []
    # One look, at the row and at everybody it is or may be about.
    numbers = {one.learner.number for one in people} | ({found.learner.number} if found.learner else set())
    seen(request, subject_of(found.delivery), detail={"learners": sorted(numbers), "lines": [found.line]})
    return render(request, "exchange/row.html", {
        "row": found, "form": form, "people": people, "named": reader.named(found), "shut": shut,
        "sender": queries.sender_of(found.delivery), "lines": said_lines(found, said, reader) if said and not shut else [],
        "nobody_new": why_nobody_new(said) if said else ""})


def _settle(request: HttpRequest, found: Row) -> HttpResponse:
    chosen, _, key = request.POST.get("settled", "").partition("-")
    learner = learner_or_404(request.user, int(key)) if chosen == Row.Settled.LINKED and key.isdecimal() else None
    try:
        settled = settle_row(by=request.user, row=found, settled=chosen, learner=learner,
                             takes_name=key in request.POST.getlist("takes_name"), checked=request.POST.get("checked") == "yes")
        messages.success(request, f"{settled} is settled: {settled.settled_as}.")
    except RefusedError as error:
        messages.error(request, error.sentence)
        return redirect("exchange:row", found.pk)
    following = queries.unmatched_rows(request.user).filter(delivery=found.delivery).first()
    return redirect("exchange:row", following.pk) if following else redirect("exchange:delivery", found.delivery_id)


def _offered(request: HttpRequest, found: Row, said: Said, form: FindForm, reader: Reader) -> list[Candidate]:
    """Those whom a row may be about: whoever the reader looked for, or whoever shares something with it.

    Restricted ones are found by a number that the reader gives, and only so.
    """
    if not form.is_bound or not form.is_valid():
        return likely(request.user, found, said, reader)
    asked: dict[str, Any] = form.cleaned_data
    people = find_learners(request.user, words=asked["words"], number=asked["number"]) if any(asked.values()) else ()
    return ranked(found, said, reader, list(people[:_LOOKED_AT]))
