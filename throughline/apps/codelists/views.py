"""The pages of the code lists room: the lists, one list, one code, and what is said of it changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.analytics.participation.codechanges import LaidOver, Place
from throughline.analytics.participation.codesets import NAMES, Code
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.codelists import actions, queries
from throughline.apps.codelists.actions import LIST_SUBJECT, subject_of
from throughline.apps.codelists.alike import CURRENCY, rules_to_look_at, stay_current
from throughline.apps.codelists.forms import AddForm, AmendForm, in_words
from throughline.apps.codelists.queries import Standing, said
from throughline.apps.codelists.rule_views import Counted, tell_taken_back
from throughline.apps.codelists.wording import ALWAYS, files, goes_by_it, holds_for, named_by_rules
from throughline.ui.downloads import Column, table_response
from throughline.ui.formats import day as in_day

_UNSURE = ("medium", "low")
_SINCE = "since-"  # in addresses, for what is said from a day on
_DAYS = ("valid_from", "valid_to")
_ADDED = "added_here"  # in files, for codes that the list's own has not
# What a list is of, where its name does not say.
_ABOUT = {
    "authority_number": "The department’s numbers of authorities, and those that stand for places outside England",
    "upn_authority": "Authorities that the list lacks by which unique pupil numbers are checked",
    "own_trait": "What is recorded of young people beside the characteristics that the return asks for",
}


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """Every list, with how many of its codes we are unsure of."""
    request.audit_subject = (LIST_SUBJECT, "", "Code lists")
    return render(request, "codelists/lists.html", {"lists": [_counted(name, queries.standing(name)) for name in NAMES]})


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One list, each line with its source and how sure it is."""
    held = _list_or_404(name)
    request.audit_subject = (LIST_SUBJECT, name, in_words(name))
    lines = [(line, held.said_by(place)) for code in held.laid.codes.by_code for place, line in held.laid.lines_of(code)]
    shown = {"name": name, "lines": lines, "title": in_words(name), "void": held.void, "facts": _facts(held), "said": said,
             "takes_none": queries.NO_NEW_CODES.get(name)}
    return render(request, "codelists/list.html", shown)


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One list as CSV or XLSX, in the columns of its file."""
    held = _list_or_404(name)
    lines = held.laid.codes.lines
    request.audit_subject = (LIST_SUBJECT, name, in_words(name))
    columns = [Column(column, column) for column in (*lines[0].printed, _ADDED)]
    rows = [line.printed | {_ADDED: "yes" if held.adds(line.code) else ""} for line in lines]
    notes = ["Amendments made on the site are included.",
             f"The columns are those of the list's file, in another order, and {_ADDED}, which the file has not."]
    return table_response(kind, f"{name} codes", columns, rows, notes, title=in_words(name))


@require_http_methods(["GET", "POST"])
@require(Permission.EDIT_CODE_LISTS)
def add(request: HttpRequest, name: str) -> HttpResponse:
    """Add a code to a list: typed, then looked over, then saved."""
    held = _list_or_404(name)
    request.audit_subject = (LIST_SUBJECT, name, in_words(name))
    if name in queries.NO_NEW_CODES:
        raise Http404("The list takes no new codes here.")
    form = AddForm(request.POST or None, codeset=held.laid.codes)
    shown: dict[str, Any] = {"form": form, "name": name, "title": in_words(name), "holds_for": holds_for(),
                             "known_by_words": name in queries.KNOWN_BY_WORDS, "counted_by": name in queries.COUNTED_BY,
                             "added_for": queries.ADDED_FOR.get(name), "holds_in": queries.HOLDS_IN.get(name),
                             "named_by_rules": named_by_rules(name)}
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        return render(request, "codelists/add.html", shown, status=400 if form.errors else 200)
    code = form.cleaned_data["code"]
    if "confirm" in request.POST:
        actions.add_code(by=request.user, codeset=name, code=code, says=form.says, reason=form.cleaned_data["reason"])
        messages.success(request, f"Code {code} was added. {goes_by_it(_first_day(form.says))}")
        return redirect("codelists:code", name, code)
    [(_, line)] = queries.tried_new(name, code, form.says).lines_of(code)
    more = {"line": line, "reason": form.cleaned_data["reason"], "facts": _facts(held), "said": said, "files": files(),
            "currency": stay_current(held.laid.codes, line), "lapses": CURRENCY,
            "to_look_at": rules_to_look_at(held.laid.codes, line), "always": ALWAYS}
    return render(request, "codelists/add_preview.html", shown | more)


@require_GET
@require(Permission.EDIT_CODE_LISTS)
def code(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """One code: each line that is said of it, to be changed, and everything that was ever changed, to be taken back."""
    held = _code_or_404(name, code)
    request.audit_subject = subject_of(name, code)
    shown = {"name": name, "code": code, "title": in_words(name), "facts": _facts(held),
             "lines": [(_slug(place), line, held.said_by(place)) for place, line in held.laid.lines_of(code)],
             "history": [(_slug(each.place), each) for each in queries.history(name, code)],
             "void": {each.pk: why for each, why in held.void}, "in_words": in_words, "said": said, "is_added": held.adds(code)}
    return render(request, "codelists/code.html", shown)


def amend(request: HttpRequest, name: str, code: str, line: str, *, counted: Counted) -> HttpResponse:
    """Say one line of a code otherwise, as it always was or from a day on: typed, then looked over, then saved.

    The door is that of a room above, which counts what it changes.
    """
    held, place = _code_or_404(name, code), _place_or_404(code, line)
    request.audit_subject = subject_of(name, code)
    if held.laid.line_at(place) is None:
        raise Http404("Nothing is said of the code there.")
    form = AmendForm(request.POST or None, codeset=held.laid.codes, place=place, line=queries.line_at(name, place))
    shown: dict[str, Any] = {"form": form, "name": name, "code": code, "title": in_words(name), "holds_for": holds_for()}
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        return render(request, "codelists/amend.html", shown, status=400 if form.errors else 200)
    since = form.cleaned_data["since"]
    if "confirm" in request.POST:
        actions.amend(by=request.user, codeset=name, place=form.place, says=form.says, reason=form.cleaned_data["reason"])
        days = f" from {in_day(since)} on" if since else ""
        messages.success(request, f"Code {code} was changed{days}. {goes_by_it(since)}")
        return redirect("codelists:code", name, code)
    then = queries.tried(name, form.change)
    more = {"since": since, "reason": form.cleaned_data["reason"], "lines": _compared(code, held.laid, then),
            "void": [why for change, why in then.void if change.place in held.holds], "in_words": in_words,
            "said": said, "counted": counted(request.user, name, then.codes, since)}
    return render(request, "codelists/amend_preview.html", shown | more)


@require_POST
@require(Permission.EDIT_CODE_LISTS)
def withdraw(request: HttpRequest, name: str, code: str, line: str) -> HttpResponse:
    """Let hold again what held before something was said otherwise of a code."""
    _code_or_404(name, code)
    place = _place_or_404(code, line)
    tell_taken_back(request, queries.said_at(name, place),
                    lambda: actions.withdraw(by=request.user, codeset=name, place=place))
    return redirect("codelists:code", name, code)


def _first_day(says: Mapping[str, str]) -> date | None:
    return date.fromisoformat(says["valid_from"]) if says["valid_from"] else None


def _counted(name: str, held: Standing) -> dict[str, Any]:
    lines = held.laid.codes.lines
    return {"name": name, "title": in_words(name), "about": _ABOUT.get(name, ""), "codes": len(held.laid.codes.by_code),
            "amended": len(held.holds), "void": len(held.void),
            "unsure": len({line.code for line in lines if line.confidence in _UNSURE})}


def _facts(held: Standing) -> list[tuple[str, str]]:
    """The columns of a list beside those that all have, each with its heading."""
    return [(fact, in_words(fact)) for fact in held.laid.codes.facts]


def _compared(code: str, now: LaidOver, then: LaidOver) -> list[tuple[Code, list[tuple[str, str, str]]]]:
    """The lines of a code as they would be, each with its columns that would differ from now: column, now, then."""
    found = []
    for _, line in then.lines_of(code):
        before = now.codes.as_on(line.valid_from or date.min)[code].printed
        found.append((line, [(column, before[column], value) for column, value in line.printed.items()
                             if before[column] != value and column not in _DAYS]))
    return found


def _slug(place: Place) -> str:
    """A place of a code as its address has it."""
    return f"{_SINCE if place.onward else ''}{place.starts or ALWAYS}"


def _place_or_404(code: str, line: str) -> Place:
    onward, day = line.startswith(_SINCE), line.removeprefix(_SINCE)
    if day == ALWAYS and not onward:
        return Place(code, None)
    try:
        return Place(code, date.fromisoformat(day), onward)
    except ValueError as error:
        raise Http404("Nothing is said of the code there.") from error


def _list_or_404(name: str) -> Standing:
    if name not in NAMES:
        raise Http404("There is no code list of that name.")
    return queries.standing(name)


def _code_or_404(name: str, code: str) -> Standing:
    held = _list_or_404(name)
    if not held.knows(code):
        raise Http404("The list has no such code.")
    return held
