"""Scrutiny's questions: asking, following each to its answer, and making an action of it."""

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
from throughline.apps.governance.actions import decisions
from throughline.apps.governance.actions import scrutiny as actions
from throughline.apps.governance.deciding_forms import (
    ActionForm,
    AnswerForm,
    AskForm,
    ChangeQuestionForm,
    FindQuestionsForm,
    RecordQuestionForm,
)
from throughline.apps.governance.models import ScrutinyQuestion
from throughline.apps.governance.subjects import subject_of
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.ui.downloads import table_response

_A_PAGE = 50


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """Every question, the reader's own above the others; how many are open, overdue and answered."""
    form, asked = _asked(request)
    query = {name: value for name, value in request.GET.items() if value and name in form.fields}
    questions = queries.questions_of(request.user.area, **asked)
    own = questions.none() if query else questions.filter(asker=request.user)
    page = Paginator(questions.exclude(pk__in=own.values("pk")), _A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "asked": query, "counts": queries.question_counts(request.user.area), "own": own,
             "removed": ScrutinyQuestion.with_removed.filter(board__area=request.user.area).exclude(removed_at=None)}
    return render(request, "governance/scrutiny.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The questions that the page lists, all pages of them, as CSV or XLSX."""
    rows = files.question_rows(queries.questions_of(request.user.area, **_asked(request)[1]))
    return table_response(kind, "scrutiny questions", files.QUESTION_COLUMNS, list(rows), files.NOT_FOR_PUBLICATION,
                          title="Scrutiny's questions")


def _asked(request: HttpRequest) -> tuple[FindQuestionsForm, dict[str, Any]]:
    """How the list is narrowed."""
    request.audit_subject = ("scrutiny questions", request.user.area, "Scrutiny questions")
    form = FindQuestionsForm(request.GET, area=request.user.area)
    return form, form.cleaned_data if form.is_valid() else {}


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One question, its answer and what that said before, what it follows and what follows it."""
    question = _question(request, pk)
    shown = {"question": question, "follow_ups": question.follow_ups.all().order_by("number", "id"),
             "answers": question.answer_versions.select_related("by")}
    return render(request, "governance/question.html", shown)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.ASK_QUESTIONS)
def ask(request: HttpRequest, follows: int | None = None) -> HttpResponse:
    """Ask a question, or ask further about another."""
    before = _question(request, follows) if follows else None
    start = {"board": before.board_id, "plan": before.plan_id, "asked_of": before.asked_of_id} if before else {}
    form = AskForm(request.POST or None, area=request.user.area, initial=start)
    given = {"asked_by": request.user.full_name, "asker": request.user, "follows": before, "asked_on": timezone.localdate()}
    if question := saved(request, form, actions.ask, **given):
        messages.success(request, f"Your question has number {question.number}. You will find the answer here.")
        return redirect("governance:question", question.pk)
    back = reverse("governance:question", args=[follows]) if follows else reverse("governance:scrutiny")
    return form_page(request, form, heading="Ask a further question" if before else "Ask a question", back=back, submit="Ask",
                     caption=str(before) if before else "",
                     lead="Your question and its answer are seen by everybody of your authority who may see its plans.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def record(request: HttpRequest) -> HttpResponse:
    """Record a question that somebody else asked."""
    form = RecordQuestionForm(request.POST or None, area=request.user.area, initial={"asked_on": timezone.localdate()})
    if question := saved(request, form, actions.ask):
        messages.success(request, f"Question {question.number} of {question.board} is recorded.")
        return redirect("governance:question", question.pk)
    return form_page(request, form, heading="Record a question", back=reverse("governance:scrutiny"),
                     lead="A question that was asked at a meeting or by letter.")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was recorded of a question."""
    question = _question(request, pk)
    form = ChangeQuestionForm(request.POST or None, area=request.user.area, record=question)
    if saved(request, form, actions.change_question, question=question):
        messages.success(request, "The question is changed.")
        return redirect("governance:question", pk)
    return form_page(request, form, heading="Change a question", caption=str(question), back=_page_of(question))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question."""
    question = _question(request, pk)
    start = {"answered_on": timezone.localdate(), "answered_by": question.asked_of.name if question.asked_of else ""}
    form = AnswerForm(request.POST or None, record=question, initial=start)
    if saved(request, form, actions.answer, question=question):
        messages.success(request, "The answer is saved, and whoever asked can read it.")
        return redirect("governance:question", pk)
    return form_page(request, form, heading="Answer a question", caption=str(question), back=_page_of(question),
                     template="governance/answer.html", question=question)


@require_POST
@of_own_authority(Permission.RUN_BOARDS)
def turn(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Close a question, or take it up again."""
    question = _question(request, pk)
    {"close": actions.close, "reopen": actions.reopen}[step](by=request.user, question=question)
    messages.success(request, f"{question}: {question.get_state_display().lower()}.")
    return redirect("governance:question", pk)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.RUN_BOARDS)
def make_action(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an action of a plan of it."""
    question = _question(request, pk)
    form = ActionForm(request.POST or None, area=request.user.area, initial={"owner": question.asked_of_id})
    if action := saved(request, form, decisions.make_action, of=question):
        messages.success(request, f"It is now an action of {action.plan}.")
        return redirect("governance:question", pk)
    return form_page(request, form, heading="Make an action of it", caption=str(question), back=_page_of(question),
                     submit="Make the action", lead="The action joins the plan, and points back at this question.")


def _question(request: HttpRequest, pk: int) -> ScrutinyQuestion:
    """The question a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    question = queries.question_or_404(request.user, pk)
    request.audit_subject = subject_of(question)
    return question


def _page_of(question: ScrutinyQuestion) -> str:
    return reverse("governance:question", args=[question.pk])
