"""Calendar files: the feed that a person's own calendar program reads, and one meeting to download."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.governance.feed import meeting_calendar, own_calendar
from throughline.apps.governance.models import Meeting
from throughline.apps.governance.queries import meeting_or_404
from throughline.apps.governance.subjects import subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.feed import feed_with
from throughline.apps.plans.models import Action
from throughline.ui.calendars import MEDIA_TYPE


@require_GET
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """A person's own dates, for whoever holds the address; anything else is answered as though there were no such page."""
    found = feed_with(key, settings.DEMONSTRATION)
    if found is None:
        raise Http404("There is no such calendar.")
    response = HttpResponse(own_calendar(found.user, _addresses(request), timezone.now()), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = 'inline; filename="throughline.ics"'
    return response


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a calendar file."""
    found = meeting_or_404(request.user, pk)
    request.audit_subject = subject_of(found)
    response = HttpResponse(meeting_calendar(found, _addresses(request), timezone.now()), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"meeting-{found.on}.ics")
    return response


def _addresses(request: HttpRequest) -> Callable[[Action | Meeting], str]:
    """Where a calendar program leads to for more of an action or a meeting."""

    def address(of: Action | Meeting) -> str:
        page = reverse("governance:meeting", args=[of.pk]) if isinstance(of, Meeting) else (
            reverse("plans:action", args=[of.plan_id, of.pk]))
        return request.build_absolute_uri(page)

    return address
