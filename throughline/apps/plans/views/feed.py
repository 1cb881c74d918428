"""The planning cycle as a calendar file, and the address that a person's own calendar program reads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.actions import calendar as actions
from throughline.apps.plans.feed import cycle_calendar
from throughline.ui.calendars import MEDIA_TYPE


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def cycle(request: HttpRequest) -> HttpResponse:
    """The planning cycle as a calendar file."""
    request.audit_subject = ("planning cycle", "", "Planning cycle")
    response = HttpResponse(cycle_calendar(request.user.area, timezone.now()), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="planning-cycle.ics")
    return response


@require_POST
@of_own_authority(Permission.SEE_PLANS)
def renew(request: HttpRequest) -> HttpResponse:
    """Give the reader an address, or another in the place of the one they have."""
    actions.renew_feed(by=request.user)
    messages.success(request, "Your calendar has a new address. One that you had before opens nothing any more.")
    return redirect(reverse("plans:calendar") + "#feed")


@require_POST
@of_own_authority(Permission.SEE_PLANS)
def end(request: HttpRequest) -> HttpResponse:
    """Let the reader's address open nothing any more."""
    actions.end_feed(by=request.user)
    messages.success(request, "Your address opens nothing any more. You can make another whenever you want.")
    return redirect(reverse("plans:calendar") + "#feed")
