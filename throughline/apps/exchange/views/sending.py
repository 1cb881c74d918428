"""Lists that a school, a college or a provider sends: handed in, and what became of each; never whom they were found to be about.

A sender is told what is wrong with the file by itself. Whether somebody on it is in the register, and what is held of them,
is not said: a list could otherwise be made up to ask about anybody.
"""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange import queries
from throughline.apps.exchange.actions.sending import NOWHERE, correct_list, send_list
from throughline.apps.exchange.files import PROBLEM_COLUMNS, PROBLEM_NOTES, problem_rows
from throughline.apps.exchange.forms import MappingForm, SendForm
from throughline.apps.exchange.reading import NOT_KNOWN, lacking, tells_activity
from throughline.apps.exchange.showing import headed_like_somebody, understood
from throughline.apps.exchange.told import became_of
from throughline.apps.exchange.views.door import SENT, seen, sent_of
from throughline.apps.exchange.words import about_columns, titled
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page
from throughline.core.problems import RefusedFileError
from throughline.ui.downloads import table_response

_A_PAGE = 30


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.SEND_LISTS)
def index(request: HttpRequest) -> HttpResponse:
    """What the reader sent, and a form to send another list."""
    seen(request, SENT)
    form, refused = SendForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            delivery = send_list(by=request.user, name=said["file"].name, file=said["file"].file, as_at=said["as_at"],
                                 activity=said["activity"])
            if lacking(delivery.mapping):
                messages.info(request, f"The list is sent. {NOT_KNOWN}: say it here.")
                return redirect("exchange:sent_columns", delivery.pk)
            messages.success(request, "The list is sent. It waits for the authority to look it over.")
            return redirect("exchange:sent_list", delivery.pk)
        except RefusedFileError as error:
            refused = error.problems
        except RefusedError as error:
            form.add_error(error.field or None, error.sentence)
    page = Paginator(queries.sent_by(request.user), _A_PAGE).get_page(request.GET.get("page"))
    nowhere = "" if request.user.establishment or request.user.ukprn else f"{NOWHERE}."
    given = {"form": form, "refused": refused, "page": page, "nowhere": nowhere}
    return render(request, "exchange/sent.html", given, status=422 if refused or form.errors else 200)


@require_GET
@of_own_authority(Permission.SEND_LISTS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: what became of it, and what in it could not be read."""
    delivery = sent_of(request, pk)
    page = Paginator(list(queries.problems_of_reading(delivery)), _A_PAGE).get_page(request.GET.get("page"))
    given = {"delivery": delivery, "page": page, "titled": titled, "lacks": lacking(delivery.mapping),
             "says_nothing": not tells_activity(delivery), "unknown": queries.words_unknown(delivery),
             "became": list(became_of(delivery)),
             "somebody": headed_like_somebody(delivery), "understood_as": understood(delivery)}
    return render(request, "exchange/sent_list.html", given)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.SEND_LISTS)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column of a list that one sent holds what, while the authority has not decided on it."""
    delivery = sent_of(request, pk)
    back = reverse("exchange:sent_list", args=[pk])
    if not delivery.waits:
        messages.error(request, "The authority has decided on this list. Send another where something of it is wrong")
        return redirect(back)
    form = MappingForm(request.POST or None, delivery=delivery)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            correct_list(by=request.user, delivery=delivery, mapping=form.mapping(), as_at=form.day(),
                         activity=said["activity"], words=form.words(), no_headings=form.no_headings())
            messages.success(request, "The list is read again, and your next one with these headings will be read so too.")
            return redirect(back)
        except RefusedError as error:
            form.add_error(NON_FIELD_ERRORS, error.sentence)
    lead = "The columns as they were understood from their headings, or as was said of the last list with the same headings."
    return form_page(request, form, heading="What the columns hold", back=back, caption=delivery.name,
                     lead=about_columns(delivery, lead), submit="Read the list again this way")


@require_GET
@of_own_authority(Permission.SEND_LISTS)
def problems_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What could not be read as CSV or XLSX."""
    delivery = sent_of(request, pk, Verb.DOWNLOADED)
    found = problem_rows(queries.problems_of_reading(delivery))
    return table_response(kind, f"problems of list {delivery.pk}", PROBLEM_COLUMNS, found, PROBLEM_NOTES,
                          title="Problems of a list")
