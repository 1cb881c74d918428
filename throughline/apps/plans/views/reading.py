"""Files read as plans: the list with its upload, the source beside the result, what a next version changes, and the downloads."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from throughline.analytics.planreading.asjson import from_json
from throughline.analytics.planreading.outline import as_text
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.plans.actions.reading import last_standing, read_in, subject_of
from throughline.apps.plans.comparing import Shown, grouped
from throughline.apps.plans.files import CHANGE_COLUMNS, CHANGE_NOTES, change_rows
from throughline.apps.plans.forms.reading import UploadForm
from throughline.apps.plans.models import Plan, Reading
from throughline.apps.plans.reading_changes import next_version_changes
from throughline.apps.plans.reading_files import (
    READING_COLUMNS,
    READING_NOTES,
    UNREAD_COLUMNS,
    UNREAD_NOTES,
    reading_rows,
    unread_rows,
)
from throughline.apps.plans.reading_history import history
from throughline.apps.plans.reading_page import shown
from throughline.apps.plans.reading_queries import reading_or_404, readings_of
from throughline.core.problems import RefusedFileError
from throughline.ui.downloads import table_response
from throughline.ui.formats import day

_SUBJECT = ("readings", "", "Readings")


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """The files that were read, and a form to read another; a refused file is answered in words and not kept."""
    request.audit_subject = _SUBJECT
    form = UploadForm(request.POST or None, request.FILES or None, area=request.user.area, initial=_asked(request))
    refused = []
    if request.method == "POST" and form.is_valid():
        try:
            return _read(request, form)
        except RefusedFileError as error:
            refused = error.problems
    readings = list(readings_of(request.user))
    groups = [(state, [each for each in readings if each.state == state.value]) for state in Reading.State]
    return render(request, "plans/readings.html", {"form": form, "refused": refused, "groups": groups, "any": bool(readings)},
                  status=422 if refused else 200)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The plan that a link to the upload names already."""
    return {name: request.GET[name] for name in ("next_version_of", "supplement_of") if request.GET.get(name, "").isdecimal()}


def _read(request: HttpRequest, form: UploadForm) -> HttpResponse:
    said = form.cleaned_data
    file = said["file"]
    reading, new = read_in(by=request.user, area=request.user.area, name=file.name, content=file.read(),
                           next_version_of=said["next_version_of"], supplement_of=said["supplement_of"])
    if new:
        messages.success(request, "The file is read. Nothing is a plan yet: check what was understood, then accept it.")
    else:
        messages.info(request, f"These very bytes were read already, on {day(reading.at)}. This is that reading.")
    return redirect("plans:reading", reading.pk)


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of readings as CSV or XLSX."""
    request.audit_subject = _SUBJECT
    rows = reading_rows(readings_of(request.user))
    return table_response(kind, "readings", READING_COLUMNS, rows, READING_NOTES, title="Readings")


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The source beside the result."""
    reading = of_request(request, pk)
    people = {each.pk: each.full_name for each in User.objects.filter(area=reading.area)}
    given = {"reading": reading, "shown": shown(reading), "history": history(reading, people),
             "last": last_standing(reading.corrections), "waiting": reading.state == Reading.State.WAITING}
    return render(request, "plans/reading.html", given)


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan's next version changes, before it is accepted."""
    reading = of_request(request, pk)
    before, found = _changes(reading)
    given = {"reading": reading, "plan": before, "groups": grouped(found), "many": len(found)}
    return render(request, "plans/reading_changes.html", given)


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def changes_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    before, found = _changes(of_request(request, pk))
    title = f"{before.title}: what the next version changes"
    return table_response(kind, title, CHANGE_COLUMNS, change_rows(found), CHANGE_NOTES, title=title)


def _changes(reading: Reading) -> tuple[Plan, list[Shown]]:
    """The plan as it stands, and what is different in the reading. Answers 404 for one that is no next version."""
    plan = reading.next_version_of
    if plan is None:
        raise Http404("This reading is not the next version of a plan.")
    return plan, next_version_changes(plan, reading)


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def unread(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What was left unread, as CSV or XLSX."""
    reading = of_request(request, pk)
    return table_response(kind, f"unread of {_stem(reading)}", UNREAD_COLUMNS, unread_rows(reading), UNREAD_NOTES,
                          title=f"Left unread: {reading.name}")


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def as_json_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree as it was put right, as JSON."""
    reading = of_request(request, pk)
    written = json.dumps(reading.tree, indent=2, ensure_ascii=False).encode()
    return _attached(written, f"{_stem(reading)}.json", "application/json")


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def as_outline(request: HttpRequest, pk: int) -> HttpResponse:
    """The tree as it was put right, as an outline to read."""
    reading = of_request(request, pk)
    return _attached(as_text(from_json(reading.tree)).encode(), f"{_stem(reading)} outline.txt", "text/plain; charset=utf-8")


@require_GET
@of_own_authority(Permission.EDIT_PLANS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was given; never shown by the browser, whatever it holds."""
    reading = of_request(request, pk)
    return _attached(bytes(reading.content), reading.name, "application/octet-stream")


def _attached(octets: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(octets, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _stem(reading: Reading) -> str:
    return slugify(reading.name.rpartition(".")[0] or reading.name)[:100] or "plan"


def of_request(request: HttpRequest, pk: int) -> Reading:
    """The reading that a page is of, noted for the audit. Answers 404 when the reader's authority has none such."""
    reading = reading_or_404(request.user, pk)
    request.audit_subject = subject_of(reading)
    return reading
