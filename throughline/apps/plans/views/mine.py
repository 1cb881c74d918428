"""The reader's own actions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.forms.update import RATINGS
from throughline.apps.plans.mine import mine


@require_GET
@of_own_authority(Permission.UPDATE_ACTIONS)
def show(request: HttpRequest) -> HttpResponse:
    """What the reader owns: what is overdue first, and a way to say how each is going."""
    request.audit_subject = ("my actions", str(request.user.pk), "My actions")
    today = timezone.localdate()
    return render(request, "plans/mine.html", {"mine": mine(request.user, today), "today": today, "ratings": RATINGS})
