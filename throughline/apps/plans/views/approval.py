"""What becomes of a plan: its approval recorded or taken back, its next version started, closed and opened again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page
from throughline.apps.plans.actions import approving
from throughline.apps.plans.forms.plan import ApprovalForm
from throughline.apps.plans.views.plan import of_request

_LEAD = ("The plan is kept as it stands now, as its baseline, and later changes are shown against it. Boards are kept in the "
         "register of boards.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record which body approved the plan, and when."""
    plan = of_request(request, pk)
    form = ApprovalForm(request.POST or None, area=request.user.area)
    if request.method == "POST" and form.is_valid():
        try:
            baseline = approving.approve_plan(by=request.user, plan=plan, **form.cleaned_data)
            messages.success(request, f"Recorded: approved by {baseline.board}. The plan as it stands now is its baseline.")
            return redirect("plans:plan", pk)
        except RefusedError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
    return form_page(request, form, heading="Record an approval", caption=plan.title, lead=_LEAD, submit="Record the approval",
                     back=reverse("plans:plan", args=[pk]))


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an approval that was recorded by mistake."""
    return _turn(request, pk, approving.withdraw_approval, "The approval is taken back.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the plan."""
    return _turn(request, pk, approving.close_plan, "The plan is closed. You can open it again at the foot of this page.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed plan again."""
    return _turn(request, pk, approving.reopen_plan, "The plan is open again.")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the next version as a draft."""
    said = "This is a draft of the next version, with all that the plan holds now. The plan runs on until this is approved."
    return _turn(request, pk, approving.start_next_version, said)


def _turn(request: HttpRequest, pk: int, action: Any, said: str) -> HttpResponse:
    """Do one thing to a plan and say so; leads to the plan, or to the one that was made of it."""
    plan = of_request(request, pk)
    try:
        made = action(by=request.user, plan=plan)
        messages.success(request, said)
    except RefusedError as error:
        messages.error(request, error.sentence)
        made = None
    return redirect("plans:plan", made.pk if made else pk)
