"""Calendar files: the feed that a person's own calendar program reads, and the planning cycle to download."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.actions import calendar as actions
from throughline.apps.plans.feed import MEDIA_TYPE, cycle_calendar, feed_with, own_calendar
from throughline.apps.plans.models import Action


@require_GET
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """A person's own dates, for whoever holds the address; anything else is answered as though there were no such page."""
    found = feed_with(key, settings.DEMONSTRATION)
    if found is None:
        raise Http404("There is no such calendar.")

    def address(action: Action) -> str:
        return request.build_absolute_uri(reverse("plans:action", args=[action.plan_id, action.pk]))

    response = HttpResponse(own_calendar(found.user, address, timezone.now()), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = 'inline; filename="throughline.ics"'
    return response


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
