"""The pages of the code lists room: the lists, one list, and one code put right."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from throughline.analytics.participation.codesets import NAMES, Code, CodeSet
from throughline.apps.accounts.access import require
from throughline.apps.accounts.permissions import Permission
from throughline.apps.codelists import actions, queries
from throughline.apps.codelists.actions import LIST_SUBJECT, subject_of
from throughline.apps.codelists.forms import AmendForm, in_words
from throughline.ui.downloads import Column, table_response

_UNSURE = ("medium", "low")


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """Every list, with how many of its codes we are unsure of."""
    request.audit_subject = (LIST_SUBJECT, "", "Code lists")
    lists = [{"name": name, "title": in_words(name), "codes": len(codeset.codes), "amended": len(queries.held(name)),
              "unsure": sum(code.confidence in _UNSURE for code in codeset.codes)}
             for name, codeset in queries.codesets().items()]
    return render(request, "codelists/lists.html", {"lists": lists})


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One list, each code with its source and how sure it is."""
    codeset = _list_or_404(name)
    request.audit_subject = (LIST_SUBJECT, name, in_words(name))
    shown = {"codeset": codeset, "title": in_words(name), "facts": [(fact, in_words(fact)) for fact in codeset.facts],
             "amended": queries.held(name)}
    return render(request, "codelists/list.html", shown)


@require_GET
@require(Permission.SEE_PUBLISHED_FIGURES)
@require(Permission.DOWNLOAD_FIGURES)
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One list as CSV or XLSX, in the columns of its file."""
    codeset = _list_or_404(name)
    request.audit_subject = (LIST_SUBJECT, name, in_words(name))
    columns = [Column(column, column) for column in codeset.codes[0].printed]
    notes = ["Amendments made on the site are included.", "The columns are those of the list's file, in another order."]
    return table_response(kind, f"{name} codes", columns, [code.printed for code in codeset.codes], notes, title=in_words(name))


@require(Permission.EDIT_CODE_LISTS)
def amend(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Put one code right."""
    codeset, held = _code_or_404(name, code)
    request.audit_subject = subject_of(name, code)
    form = AmendForm(request.POST or None, codeset=codeset, code=held)
    if request.method == "POST" and form.is_valid():
        actions.amend(by=request.user, codeset=name, code=code, says=form.says, reason=form.cleaned_data["reason"])
        messages.success(request, f"Code {code} was changed. Everybody who uses this site sees it so from now on.")
        return redirect("codelists:list", name)
    shown = {"form": form, "code": held, "name": name, "title": in_words(name), "history": queries.history(name, code),
             "file": queries.as_in_file(name).by_code[code].printed, "in_words": in_words}
    return render(request, "codelists/amend.html", shown, status=400 if form.errors else 200)


@require_POST
@require(Permission.EDIT_CODE_LISTS)
def withdraw(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Let the file hold again for a code."""
    _code_or_404(name, code)
    if actions.withdraw(by=request.user, codeset=name, code=code):
        messages.success(request, f"Code {code} is again as its file has it.")
    return redirect("codelists:list", name)


def _list_or_404(name: str) -> CodeSet:
    if name not in NAMES:
        raise Http404("There is no code list of that name.")
    return queries.codeset(name)


def _code_or_404(name: str, code: str) -> tuple[CodeSet, Code]:
    codeset = _list_or_404(name)
    if code not in codeset.by_code:
        raise Http404("The list has no such code.")
    return codeset, codeset.by_code[code]
