"""The risk of becoming NEET: scores with their reasons, what people decided, and facts of a term."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, scores
from throughline.apps.followup.actions.importing import import_facts
from throughline.apps.followup.actions.risk import decide_on_risk, enter_facts
from throughline.apps.followup.forms import FactsForm, ImportFactsForm, NarrowRiskForm, RiskDecisionForm
from throughline.apps.followup.points import edition
from throughline.apps.followup.views.seen import form_about, noted
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import saved, say_done
from throughline.core.problems import RefusedFileError
from throughline.ui.downloads import table_response

A_PAGE = 50


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def index(request: HttpRequest) -> HttpResponse:
    """Those of years 10 to 13 whom the reader may see, the highest scores first."""
    form, found, asked = _asked(request)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    noted(request, ("learners", request.user.area, "Risk of NEET"), [one.learner.number for one in page])
    shown = {"form": form, "page": page, "total": len(found), "asked": asked, "left_out": scores.left_out(request.user),
             "edition": edition(request.user.area)}
    return render(request, "followup/risk.html", shown)


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The scores that the page lists, as CSV or XLSX."""
    _, found, _ = _asked(request)
    noted(request, ("learners", request.user.area, "Risk of NEET"), [one.learner.number for one in found], Verb.DOWNLOADED)
    notes = [*files.SCORE_NOTES, scores.left_out(request.user)]
    return table_response(kind, f"Risk of NEET {timezone.localdate()}", files.SCORE_COLUMNS, list(files.score_rows(found)), notes,
                          title="Risk of NEET")


def _asked(request: HttpRequest) -> tuple[NarrowRiskForm, list[scores.Scored], dict[str, str]]:
    bands = [(band, title) for _, band, title in edition(request.user.area).bands]
    form = NarrowRiskForm(request.GET, bands=bands)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = [one for one in scores.scored(request.user, scores.in_years(request.user)) if _fits(one, asked)]
    return form, sorted(found, key=lambda one: (-one.score.points, -one.score.most, one.learner.number)), asked


def _fits(one: scores.Scored, asked: dict[str, str]) -> bool:
    held = {"year": str(one.year), "band": one.score.band, "looked": "yes" if one.decision else "no"}
    return all(held[name] == value for name, value in asked.items())


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One score: the reason for each point, what is not known, what was decided, and who looked."""
    one = _scored(request, pk)
    noted(request, one.learner)
    of_this = {"subject_kind": "learner", "subject_id": str(pk), "path": request.path}
    looks = AuditEntry.objects.filter(**of_this).select_related("who")[:20]
    shown = {"one": one, "decisions": one.learner.risk_decisions.select_related("by"), "looks": looks,
             "facts": one.learner.facts.select_related("by"), "left_out": scores.left_out(request.user),
             "edition": edition(request.user.area), "custody": pk in scores.custody_open_to(request.user)}
    return render(request, "followup/score.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was decided after looking at a score."""
    one = _scored(request, pk)
    form = RiskDecisionForm(request.POST or None)
    if saved(request, form, decide_on_risk, learner=one.learner, score=one.score):
        say_done(request, form, "Your decision is recorded.")
        return redirect("followup:score", pk)
    return form_about(request, one.learner, form, heading="What did you decide?", back=reverse("followup:score", args=[pk]),
                      lead="The score is kept with your decision as you saw it. It decides nothing by itself.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the facts of a term."""
    one = _scored(request, pk)
    form = FactsForm(request.POST or None)
    if saved(request, form, enter_facts, learner=one.learner):
        messages.success(request, "The facts are saved.")
        return redirect("followup:score", pk)
    return form_about(request, one.learner, form, heading="Facts of a term", back=reverse("followup:score", args=[pk]),
                      lead="Leave empty what is not known: it is never taken for no. Facts of a day that are entered again take "
                           "the place of those before.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.FOLLOW_UP)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Read the facts of many learners from a file; what is wrong is answered row by row, and the rest is kept."""
    form = ImportFactsForm(request.POST or None, request.FILES or None)
    problems: list[Any] = []
    request.audit_subject = ("facts of a term", request.user.area, "Facts of a term")
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            many, problems = import_facts(by=request.user, name=upload.name, content=upload.read())
            messages.success(request, f"Facts of {many} young people are saved.")
            if not problems:
                return redirect("followup:risk")
        except RefusedFileError as error:
            problems = error.problems
    return render(request, "followup/import_facts.html", {"form": form, "problems": problems})


def _scored(request: HttpRequest, pk: int) -> scores.Scored:
    """The score of one learner. Answers 404 when the reader may not see them, or they are of another year."""
    learner = get_object_or_404(scores.in_years(request.user), pk=pk)
    return scores.scored(request.user, [learner])[0]
