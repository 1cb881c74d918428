"""The register of what boards decided: following it up, and making an action of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.governance import files, queries
from throughline.apps.governance.actions import decisions as actions
from throughline.apps.governance.deciding_forms import ActionForm, DecisionForm, DoneForm, FindDecisionsForm
from throughline.apps.governance.models import Decision
from throughline.apps.governance.subjects import subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.ui.downloads import table_response
from throughline.ui.formats import day

_A_PAGE = 50


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """What the boards decided, narrowed to what is still to be done when asked."""
    form, asked = _asked(request)
    page = Paginator(queries.decisions_of(request.user.area, **asked), _A_PAGE).get_page(request.GET.get("page"))
    counts = {state: queries.decisions_of(request.user.area, state=state).count() for state in ("open", "overdue")}
    query = {name: value for name, value in request.GET.items() if value and name in form.fields}
    rows = [(made, files.state_of(made)) for made in page]
    shown = {"form": form, "page": page, "rows": rows, "counts": counts, "asked": query}
    return render(request, "governance/decisions.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The decisions that the register lists, all pages of them, as CSV or XLSX."""
    rows = files.decision_rows(queries.decisions_of(request.user.area, **_asked(request)[1]))
    return table_response(kind, "decisions", files.DECISION_COLUMNS, list(rows), files.NOT_FOR_PUBLICATION,
    title="Decisions")


def _asked(request: HttpRequest) -> tuple[FindDecisionsForm, dict[str, Any]]:
    """How the register is narrowed."""
    request.audit_subject = ("decisions", request.user.area, "Decisions")
    form = FindDecisionsForm(request.GET, area=request.user.area)
    return form, form.cleaned_data if form.is_valid() else {}


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: who is to do what by when, what it is about, and what became of it."""
    decision = _decision(request, pk)
    return render(request, "governance/decision.html", {"decision": decision, "state": files.state_of(decision)})


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Minute a decision of a meeting."""
    meeting = queries.meeting_or_404(request.user, pk)
    request.audit_subject = subject_of(meeting)
    form = DecisionForm(request.POST or None, area=request.user.area,
    initial={"number": queries.next_number(meeting.decisions)})
    if decision := saved(request, form, actions.add_decision, meeting=meeting):
        messages.success(request, f"{decision.get_kind_display()} {decision.number} is minuted.")
        return redirect("governance:meeting", pk)
    return form_page(request, form, heading="Minute a decision", caption=str(meeting),
                     back=reverse("governance:meeting", args=[pk]))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a decision."""
    decision = _decision(request, pk)
    form = DecisionForm(request.POST or None, area=request.user.area, record=decision)
    if saved(request, form, actions.change_decision, decision=decision):
        messages.success(request, "The decision is changed.")
        return redirect("governance:decision", pk)
    return form_page(request, form, heading="Change a decision", caption=str(decision), back=_page_of(decision))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what was asked for is done."""
    decision = _decision(request, pk)
    form = DoneForm(request.POST or None, record=decision, initial={"done_on": timezone.localdate()})
    if saved(request, form, actions.finish, decision=decision):
        messages.success(request, "It is done. You can undo that on this page.")
        return redirect("governance:decision", pk)
    return form_page(request, form, heading="Say that it is done", caption=str(decision), back=_page_of(decision))


@require_POST
@of_own_authority(Permission.RUN_BOARDS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo that it is done."""
    decision = _decision(request, pk)
    actions.reopen(by=request.user, decision=decision)
    messages.success(request, "It is still to be done.")
    return redirect("governance:decision", pk)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def make_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an action of a plan of it."""
    decision = _decision(request, pk)
    start = {"text": decision.text, "when_printed": day(decision.due_on), "owner": decision.owner_id,
             "section": decision.section_id}
    form = ActionForm(request.POST or None, area=request.user.area, initial=start)
    if action := saved(request, form, actions.make_action, of=decision):
        messages.success(request, f"It is now an action of {action.plan}.")
        return redirect("governance:decision", pk)
    return form_page(request, form, heading="Make an action of it", caption=str(decision), back=_page_of(decision),
                     submit="Make the action", lead="The action joins the plan, and points back at this decision.")


def _decision(request: HttpRequest, pk: int) -> Decision:
    """The decision a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    decision = queries.decision_or_404(request.user, pk)
    request.audit_subject = subject_of(decision)
    return decision


def _page_of(decision: Decision) -> str:
    return reverse("governance:decision", args=[decision.pk])
