"""The first page: what somebody's work begins with, chosen by what their role allows, in one place."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission as P
from throughline.apps.plans.queries import only_current


@dataclass(frozen=True)
class First:
    """A page that work begins on, for whoever holds a permission; own says that it is of the authority they work for."""

    permission: P
    url_name: str
    own: bool = True


PLANS = "plans:plans"
# The first that somebody may open counts, so that whoever does more than others stands before them.
FIRST = (
    First(P.LOAD_PUBLISHED_DATA, "exchange:deliveries"),  # the month's files
    First(P.FOLLOW_UP, "followup:today"),
    First(P.EDIT_PLANS, PLANS),
    First(P.SEND_LISTS, "exchange:sent"),
    First(P.MANAGE_USERS, "accounts:users", own=False),
    First(P.SEE_AUDIT, "accounts:audit", own=False),
)


def first_page(user: User) -> str:
    """The address where somebody's work begins; without one, their authority's scorecard, or the choice of an authority.

    Where it begins with plans and one of the authority's holds, it is that plan and not the list.
    """
    for first in FIRST:
        if may(user, first.permission) and (user.area or not first.own):
            plan = only_current(user) if first.url_name == PLANS else None
            return reverse("plans:plan", args=[plan.pk]) if plan else reverse(first.url_name)
    return reverse("performance:scorecard", args=[user.area]) if user.area else reverse("performance:home")


@require_GET
@login_required
def land(request: HttpRequest) -> HttpResponse:
    """Lead on to the reader's first page."""
    return redirect(first_page(request.user))
