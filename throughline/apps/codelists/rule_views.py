"""The pages of the rules: the files, one edition value by value, and one number said otherwise."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from throughline.analytics.formats.nccis.edition import WHO_IN_WORDS
from throughline.analytics.participation.stated import Place
from throughline.apps.accounts.access import require
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.codelists import actions, ruling, wording
from throughline.apps.codelists.actions import RULE_SUBJECT, subject_of_rule
from throughline.apps.codelists.forms import RuleForm
from throughline.apps.codelists.models import SaidOtherwiseQuerySet
from throughline.apps.codelists.wording import ALWAYS, Line
from throughline.core.problems import RefusedFileError
from throughline.ui.downloads import Column, table_response
from throughline.ui.formats import moment

# What a list or a file of rules of that name, as it would be, changes of what is counted of a reader's authority, from a day on
# where it says one; None where there is nothing to say of it.
Counted = Callable[[User, str, Any, date | None], Any]
_COLUMNS = [Column("of", "Of"), Column("says", "Rule"), Column("valid_from", "From"), Column("valid_to", "Until"),
            Column("shown", "Holds"), Column("in_file", "In the file"), Column("confidence", "How sure"),
            Column("source", "Source"), Column("changed", "Changed here because")]


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """Every file of rules with its editions, how sure we are of them, and what no longer holds of what was said otherwise."""
    request.audit_subject = (RULE_SUBJECT, "", "Rules")
    return render(request, "codelists/rules.html", {"files": [_file(name) for name in wording.files()], "void": _void()})


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest, file: str, edition: str) -> HttpResponse:
    """One edition: every value in plain words, with its source and how sure we are."""
    lines = _lines_or_404(file, edition)
    request.audit_subject = (RULE_SUBJECT, f"{file}/{edition}", f"{file} {edition}")
    shown = {"file": file, "edition": edition, "known": wording.files()[file], "called": wording.called(_day(edition)),
             "lines": lines}
    if file == ruling.RETURNS:
        return render(request, "codelists/return_edition.html", shown | _rules_of_return(_day(edition)))
    return render(request, "codelists/rule_edition.html", shown)


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, file: str, edition: str, kind: str) -> HttpResponse:
    """One edition as CSV or XLSX."""
    lines = _lines_or_404(file, edition)
    request.audit_subject = (RULE_SUBJECT, f"{file}/{edition}", f"{file} {edition}")
    rows = [{**vars(line), **vars(time), "changed": time.amendment.reason if time.amendment else ""}
            for line in lines for time in line.times]
    title = f"{wording.files()[file]['title']}: {wording.called(_day(edition))}"
    notes = ["What was changed on the site is included.",
             "A value has a row for each time; without days it holds for all of the edition."]
    return table_response(kind, f"Rules {file} {edition}", _COLUMNS, rows, notes, title=title)


def amend(request: HttpRequest, file: str, edition: str, path: str, *, counted: Counted) -> HttpResponse:
    """Say one number, or the codes that one is of, otherwise: typed, then looked over, then saved.

    The door is that of a room above, which counts what it changes.
    """
    line = _number_or_404(file, edition, path)
    request.audit_subject = subject_of_rule(file, line.place)
    form = RuleForm(request.POST or None, file=file, line=line, asked=_day(request.GET.get("since") or ALWAYS))
    shown = {"form": form, "file": file, "edition": edition, "line": line, "known": wording.files()[file],
             "called": wording.called(_day(edition)), "holds_for": wording.holds_for()}
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        void = {each.pk: why for each, why in ruling.standing(file).void}
        history = [(each, line.shown(each.value), line.shown(each.instead_of), void.get(each.pk))
                   for each in ruling.history(file, line.place)]
        return render(request, "codelists/rule_amend.html", shown | {"history": history}, status=400 if form.errors else 200)
    since = form.cleaned_data.get("since")
    days = ruling.time_of(file, line.place, since)
    if "confirm" in request.POST:
        actions.amend_rule(by=request.user, file=file, place=line.place, **form.otherwise)
        messages.success(request, f"The rule was changed {wording.in_days(days)}. {wording.goes_by_it(days.first)}")
        return redirect("codelists:rule_edition", file, edition)
    then = ruling.tried(file, line.place, form.cleaned_data["value"], since)
    more = {"since": since, "reason": form.cleaned_data["reason"], "days_said": wording.in_days(days), "held": line.on(since),
            "same": line.on(since).holds == form.cleaned_data["value"],
            "times": [(time, line.on(time.valid_from)) for time in wording.with_said(file, form.amendment).times],
            "counted": counted(request.user, file, then, since)}
    return render(request, "codelists/rule_preview.html", shown | more)


@require_POST
@require(Permission.EDIT_CODE_LISTS)
def withdraw(request: HttpRequest, file: str, edition: str, path: str) -> HttpResponse:
    """Take back what is said of a number for all days or, where a day is posted, from that day on; what no longer holds too."""
    if file not in ruling.AMENDABLE:
        raise Http404("There are no such rules.")
    place, since = Place(_day(edition), tuple(path.split("."))), _day(request.POST.get("since") or ALWAYS)
    there = ruling.amendments_of(file, place).filter(starts=since)
    tell_taken_back(request, there, lambda: actions.withdraw_rule(by=request.user, file=file, place=place, since=since))
    if "list" in request.POST or _number(file, place) is None:  # the file may have no such value any more
        return redirect("codelists:rules")
    return redirect("learners:amend_rule", file, edition, path)


def tell_taken_back(request: HttpRequest, there: SaidOtherwiseQuerySet, withdraw: Callable[[], int]) -> None:
    """Take back what was said otherwise at a place, and tell how that went: why not, or who did it before."""
    try:
        taken = withdraw()
    except RefusedFileError as error:
        messages.error(request, f"Nothing is taken back. {error.problems[0].remedy}.")
        return
    if taken:
        messages.success(request, "What was changed is taken back.")
    elif last := there.last_withdrawn():
        messages.info(request, f"It was taken back already, on {moment(last.withdrawn_at)} by {last.withdrawn_whose}.")
    else:
        messages.info(request, "There was nothing to take back.")


def _rules_of_return(day: date | None) -> dict[str, object]:
    """An edition of the return's rules, those among them that it has of another edition; and the numbers that may be changed,
    by the edition that states them and the rule's number.
    """
    held = ruling.rule(ruling.RETURNS).on(day)
    numbers: dict[tuple[date | None, str], list[Line]] = {}
    for line in wording.lines(ruling.RETURNS):
        if line.amendable:
            numbers.setdefault((line.place.edition, line.place.path[1]), []).append(line)
    return {"held": held, "rules": [(rule, numbers.get((rule.stated, str(rule.number)), [])) for rule in held.rules],
            "who": WHO_IN_WORDS}


def _file(name: str) -> dict[str, object]:
    lines = wording.lines(name)
    sure = [sure for sure in ("low", "medium", "high") if sure in {time.confidence for line in lines for time in line.times}]
    return {"name": name, "known": wording.files()[name], "sure": sure, "changed": sum(line.is_changed for line in lines),
            "editions": [(edition or ALWAYS, wording.called(edition)) for edition in wording.editions(name)]}


def _void() -> list[dict[str, object]]:
    """Each amendment that no longer holds, with why."""
    return [{"amendment": each, "why": why, "value": wording.printed(name, each.place, each.value),
             "instead_of": wording.printed(name, each.place, each.instead_of), "title": wording.files()[name]["title"],
             "edition": each.edition or ALWAYS, "called": wording.called(each.edition)}
            for name in wording.files() for each, why in ruling.standing(name).void]


def _lines_or_404(file: str, edition: str) -> list[Line]:
    if file not in wording.files():
        raise Http404("There are no such rules.")
    of = _day(edition)
    found = [line for line in wording.lines(file) if line.place.edition == of]
    if not found:
        raise Http404("The rules have no such edition.")
    return found


def _number_or_404(file: str, edition: str, path: str) -> Line:
    line = _number(file, Place(_day(edition), tuple(path.split(".")))) if file in wording.files() else None
    if line is None:
        raise Http404("The rules have no such number.")
    return line


def _number(file: str, place: Place) -> Line | None:
    """A value that may be said otherwise; None where the file has none such there."""
    return next((line for line in wording.lines(file) if line.place == place and line.amendable), None)


def _day(edition: str) -> date | None:
    if edition == ALWAYS:
        return None
    try:
        return date.fromisoformat(edition)
    except ValueError as error:
        raise Http404("The rules have no such edition.") from error
