"""Opening what is restricted about a learner, for a reason; and the list of openings, for whoever checks them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners import files
from throughline.apps.learners.actions import looking
from throughline.apps.learners.models import Learner, Opening
from throughline.apps.learners.openings import lines, narrowed, people, together
from throughline.apps.learners.record_forms import NarrowOpeningsForm, OpenForm
from throughline.apps.learners.views.changing import change_page
from throughline.apps.learners.views.door import of_learner
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.ui.downloads import table_response

_A_PAGE = 50


@require_http_methods(["GET", "POST"])
@of_learner(Permission.SEE_RESTRICTED, closed_too=True)
def open_record(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Open what is restricted about a learner."""
    rules = looking.opening_rules()
    lead = (f"It opens to you for {rules.minutes} minutes. Your reason is kept with your name and the time, and the information "
            "governance officer reads it."
            + ("" if learner.restricted else " Whether anything is restricted is not said before."))
    return change_page(request, learner, OpenForm(request.POST or None), looking.open_restricted, learner=learner, lead=lead,
                       heading="Open what is restricted", submit="Open",
                       done=f"What is restricted is open to you for {rules.minutes} minutes.")


@require_POST
@of_learner(Permission.SEE_RESTRICTED, closed_too=True)
def close_record(request: HttpRequest, learner: Learner) -> HttpResponse:
    """Close it again to the reader, who is done with it."""
    try:
        looking.close_restricted(by=request.user, learner=learner)
        messages.success(request, "What is restricted is closed to you again.")
    except RefusedError as refused:
        messages.error(request, refused.sentence)
    return redirect("learners:learner", learner.pk)


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def openings(request: HttpRequest) -> HttpResponse:
    """Every opening of a restricted record of the authority, the newest first; what was taken away at once in one line."""
    form, found = _narrowed(request)
    page = Paginator(together(found), _A_PAGE).get_page(request.GET.get("page"))
    return render(request, "learners/openings.html", {
        "form": form, "page": page, "lines": lines(page), "records": found.count(), "query": form.query})


@require_GET
@of_own_authority(Permission.SEE_AUDIT)
def openings_download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as CSV or XLSX, all of it, each record by itself."""
    rows = list(files.opening_rows(_narrowed(request)[1]))
    return table_response(kind, "restricted-records-opened", files.OPENING_COLUMNS, rows, files.OPENING_NOTES,
                          title="Restricted records opened")


def _narrowed(request: HttpRequest) -> tuple[NarrowOpeningsForm, QuerySet[Opening]]:
    request.audit_subject = ("openings", request.user.area, "Restricted records opened")
    ours = Opening.objects.filter(area=request.user.area)
    form = NarrowOpeningsForm(request.GET, people=people(ours))
    return form, narrowed(ours, form.asked)
