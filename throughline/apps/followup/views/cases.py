"""Support cases: who works with whom, to what plan, what came of it, and whether it lasted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, queries
from throughline.apps.followup import rules as stated
from throughline.apps.followup.actions import cases as actions
from throughline.apps.followup.forms import CaseForm, CheckCaseForm, CloseCaseForm
from throughline.apps.followup.models import SupportCase
from throughline.apps.followup.views.seen import form_about, noted
from throughline.apps.learners.codes import activity_label, codeset
from throughline.apps.learners.doing import since
from throughline.apps.learners.models import Activity
from throughline.apps.learners.outside import outside
from throughline.apps.learners.queries import activity_on
from throughline.apps.learners.sight import shut_to
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import saved, say_done
from throughline.ui.downloads import table_response

A_PAGE = 50
_NOTHING = " Nothing is recorded by that of what they do now: see below what the register has."


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def index(request: HttpRequest) -> HttpResponse:
    """Every case: those to be checked first, then the open ones, then the closed."""
    page = Paginator(_cases(request), A_PAGE).get_page(request.GET.get("page"))
    noted(request, ("learners", request.user.area, "Support cases"), [case.learner.number for case in page])
    shown = {"page": page, "learners": queries.learners_by_pk(case.learner_id for case in page), "name_of": queries.name_of,
             "outcomes": stated.casework().outcomes, "today": timezone.localdate()}
    return render(request, "followup/cases.html", shown)


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Every case as CSV or XLSX."""
    cases = _cases(request)
    noted(request, ("learners", request.user.area, "Support cases"), [case.learner.number for case in cases], Verb.DOWNLOADED)
    rows = list(files.case_rows(cases, queries.learners_by_pk(case.learner_id for case in cases)))
    return table_response(kind, "Support cases", files.CASE_COLUMNS, rows, files.NOTES)


def _cases(request: HttpRequest) -> list[SupportCase]:
    shut, today = shut_to(request.user), timezone.localdate()

    def turn(case: SupportCase) -> tuple[bool, bool]:
        due = case.check_due is not None and case.check_due <= today and case.checked_on is None and case.of_cohort
        return not due, case.closed_on is not None

    return sorted((case for case in queries.cases_of(request.user.area) if case.learner_id not in shut), key=turn)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a case; where one is open it is led to, and where none can be, to their contacts, saying why."""
    learner = queries.followed_or_404(request.user, pk)
    if request.method == "GET" and (case := learner.support_cases.filter(closed_on=None).first()):
        messages.info(request, "A support case of theirs is open already. This is it.")
        return redirect("followup:case", case.pk)
    try:
        actions.refuse_whoever_is_outside(learner)
    except RefusedError as error:
        messages.error(request, f"{error.sentence}.")
        return redirect("followup:contacts", pk)
    form = CaseForm(request.POST or None, area=request.user.area, initial={"worker": request.user.pk})
    if case := saved(request, form, actions.open_case, learner=learner):
        say_done(request, form, "The support case is open.")
        return redirect("followup:case", case.pk)
    return form_about(request, learner, form, heading="Open a support case", submit="Open the case",
                      back=reverse("followup:contacts", args=[pk]))


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One case."""
    case = queries.case_or_404(request.user, pk)
    learner = queries.followed_or_404(request.user, case.learner_id)
    noted(request, learner)
    held = activity_on(learner, timezone.localdate())
    shown = {"case": case, "name": queries.name_of(learner), "rules": stated.casework(), "today": timezone.localdate(),
             "held": held, "label": activity_label, "since": since,
             "otherwise": held and case.check_due and _otherwise(case, held),
             "unsaid": case.check_due and not (held and held.confirmed and held.confirmed >= case.closed_on),
             "gone": outside(learner.pk, timezone.localdate())}
    return render(request, "followup/case.html", shown)


def _otherwise(case: SupportCase, held: Activity) -> bool:
    """Whether what the register holds of somebody, and held when their case was closed, is not what it was closed with."""
    outcome = stated.casework().outcomes.get(case.outcome)
    doing = codeset("activity").as_on(timezone.localdate()).get(held.code)
    are = {held.code, doing.facts["family"]} if doing else {held.code}
    return bool(outcome and outcome.activities) and held.start <= case.closed_on and are.isdisjoint(outcome.activities)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who works on a case, or its plan."""
    case = queries.case_or_404(request.user, pk)
    form = CaseForm(request.POST or None, area=request.user.area, record=case)
    if saved(request, form, actions.change_case, case=case):
        messages.success(request, "The case is changed.")
        return redirect("followup:case", pk)
    return form_about(request, queries.followed_or_404(request.user, case.learner_id), form, heading="Change a support case",
                      back=reverse("followup:case", args=[pk]))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a case."""
    case = queries.case_or_404(request.user, pk)
    form = CloseCaseForm(request.POST or None, record=case)
    if saved(request, form, actions.close_case, case=case):
        messages.success(request, f"The case is closed.{_NOTHING if case.check_due and case.of_cohort else ''}")
        return redirect("followup:case", pk)
    return form_about(request, queries.followed_or_404(request.user, case.learner_id), form, heading="Close a support case",
                      back=reverse("followup:case", args=[pk]), submit="Close the case",
                      lead=_what_closing_brings(case))


def _what_closing_brings(case: SupportCase) -> str:
    """What follows when an open case is closed."""
    if gone := outside(case.learner_id, timezone.localdate()):
        return f"{gone.sentence()} Nobody is asked afterwards whether it lasted."
    return (f"Where the outcome should last, the case comes back after {stated.casework().sustained_weeks} weeks, to be asked "
            "about. What they do now is not recorded by this: you are led to where it is.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the outcome of a case lasted."""
    case = queries.case_or_404(request.user, pk)
    form = CheckCaseForm(request.POST or None)
    if saved(request, form, actions.check_case, case=case):
        messages.success(request, "It is recorded whether it lasted.")
        return redirect("followup:case", pk)
    return form_about(request, queries.followed_or_404(request.user, case.learner_id), form, heading="Did it last?",
                      back=reverse("followup:case", args=[pk]))
