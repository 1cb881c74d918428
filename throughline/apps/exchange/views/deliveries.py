"""Files about young people: the list with its upload, and what becomes of each."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange import queries
from throughline.apps.exchange.actions import bringing, deciding, looking_again, subject_of
from throughline.apps.exchange.actions.undoing import StoodOnError
from throughline.apps.exchange.actions.undoing import undo as undo_delivery
from throughline.apps.exchange.files import DELIVERY_COLUMNS, DELIVERY_NOTES, delivery_rows
from throughline.apps.exchange.forms import UploadForm
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.readers import reader_of
from throughline.apps.exchange.reading import NOT_KNOWN, lacking
from throughline.apps.exchange.views.door import DELIVERIES, delivery_of, seen
from throughline.apps.exchange.withheld import counts_told
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance.figures import RebuildFailedError
from throughline.core.problems import RefusedFileError
from throughline.ui.banners import done
from throughline.ui.downloads import table_response
from throughline.ui.formats import day

_A_PAGE = 30


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_LEARNERS)
def index(request: HttpRequest) -> HttpResponse:
    """The files that came in, and a form to bring another in; a refused file is answered in words and not kept."""
    seen(request, DELIVERIES)
    form, refused = UploadForm(request.POST or None, request.FILES or None), []
    if request.method == "POST" and form.is_valid():
        try:
            return _bring(request, form.cleaned_data)
        except RefusedFileError as error:
            refused = error.problems
        except RefusedError as error:
            form.add_error(error.field or None, error.sentence)
    page = Paginator(queries.deliveries_of(request.user), _A_PAGE).get_page(request.GET.get("page"))
    counts = counts_told(page.object_list, reader_of(request.user, request.user.area))
    given = {"form": form, "refused": refused, "page": page, "counts": counts,
             "unmatched": queries.unmatched_rows(request.user).count()}
    return render(request, "exchange/deliveries.html", given, status=422 if refused or form.errors else 200)


def _bring(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    file = said["file"]
    constants = {"activity": said["activity"]} if said["activity"] else {}
    delivery, new = bringing.bring_in(by=request.user, area=request.user.area, name=file.name, file=file.file,
                                      kind=said["kind"], as_at=said["as_at"], establishment=said["establishment"],
                                      constants=constants)
    unknown = delivery.waits and not delivery.is_return and lacking(delivery.mapping)
    if not new:
        word = "waits for a decision" if delivery.waits else "was accepted"
        messages.info(request, f"These very bytes were brought in on {day(delivery.at)}. That file {word}; nothing was changed.")
    elif unknown:
        messages.info(request, f"The file is read. {NOT_KNOWN}: say it here. Nothing of the register is changed.")
    else:
        messages.success(request, "The file is read. Nothing of the register is changed yet: look it over, then accept it.")
    return redirect("exchange:mapping" if unknown else "exchange:delivery", delivery.pk)


@require_GET
@of_own_authority(Permission.EDIT_LEARNERS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of files as CSV or XLSX."""
    seen(request, DELIVERIES, Verb.DOWNLOADED)
    deliveries = queries.deliveries_of(request.user)
    rows = delivery_rows(deliveries, counts_told(deliveries, reader_of(request.user, request.user.area)))
    return table_response(kind, "files", DELIVERY_COLUMNS, rows, DELIVERY_NOTES, title="Files about young people")


@require_POST
@of_own_authority(Permission.EDIT_LEARNERS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file into the register, as the page showed it."""
    said = "The file is in the register. If that was a mistake, undo it before anything else is changed."
    posted = request.POST
    accepting = partial(deciding.accept, shown=posted.get("shown", ""), checked=posted.get("checked") == "yes")
    return _decided(request, pk, accepting, said, undone_at=reverse("exchange:undo", args=[pk]))


@require_POST
@of_own_authority(Permission.EDIT_LEARNERS)
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare a file that waits with the register as it has become."""
    said = "The file is compared with the register as it is now. Look over what it would change, then accept it."
    return _decided(request, pk, looking_again.look_again, said)


@require_POST
@of_own_authority(Permission.EDIT_LEARNERS)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a file aside."""
    return _decided(request, pk, deciding.discard, "The file is discarded. Nothing of the register was changed.")


@require_POST
@of_own_authority(Permission.EDIT_LEARNERS)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an accepted file."""
    return _decided(request, pk, undo_delivery, "The file is undone: the register holds what it held before.")


def _decided(request: HttpRequest, pk: int, action: Any, said: str, undone_at: str = "") -> HttpResponse:
    delivery: Delivery = delivery_of(request, pk)
    try:
        action(by=request.user, delivery=delivery)
        done(request, said, undo=undone_at)
    except StoodOnError as error:
        return _not_undone(request, delivery, error)
    except RefusedError as error:
        messages.error(request, error.sentence)
    except RebuildFailedError as error:
        messages.error(request, str(error))
    return redirect("exchange:delivery", pk)


def _not_undone(request: HttpRequest, delivery: Delivery, error: StoodOnError) -> HttpResponse:
    """Whose records keep a file from being undone: some of them, as their reader may see them, and how many more."""
    people, more = queries.some_of(request.user, error.learners)
    seen(request, subject_of(delivery), detail={"learners": sorted(learner.number for learner in people)})
    given = {"delivery": delivery, "why": error.sentence, "people": people, "more": more,
             "shut": reader_of(request.user, delivery.area).shut}
    return render(request, "exchange/not_undone.html", given, status=409)
