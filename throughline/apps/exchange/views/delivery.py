"""One file before and after it is decided on: what comes of its rows, what its columns hold, what is wrong in it."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from throughline.analytics.learnerlists.entries import A_KNOWN_ACTIVITY
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.exchange import queries
from throughline.apps.exchange.actions import subject_of
from throughline.apps.exchange.actions.bringing import decided, set_mapping
from throughline.apps.exchange.elsewhere import Elsewhere, elsewhere_on, nowhere, rows_elsewhere
from throughline.apps.exchange.files import PROBLEM_COLUMNS, PROBLEM_NOTES, problem_rows
from throughline.apps.exchange.forms import MappingForm
from throughline.apps.exchange.headline_of_file import move_of
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.queries import delivery_or_404
from throughline.apps.exchange.read_as import words_read
from throughline.apps.exchange.readers import reader_of
from throughline.apps.exchange.reading import lacking
from throughline.apps.exchange.showing import (
    about,
    at_another_place,
    at_no_place,
    comes_of,
    headed_like_somebody,
    naming,
    place_in_words,
    rows_shown,
    says_nothing,
    understood,
)
from throughline.apps.exchange.since import otherwise_now
from throughline.apps.exchange.views.door import delivery_of, seen
from throughline.apps.exchange.withheld import counts_told, rows_told, withheld_of
from throughline.apps.exchange.words import SETTLED, about_columns, places_of, titled
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.organisations.editing import form_page
from throughline.core.problems import Problem
from throughline.ui.downloads import table_response

_A_PAGE = 50


@require_GET
@of_own_authority(Permission.EDIT_LEARNERS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What comes of a file: counts, some rows of each outcome, what is wrong, and the ways to decide."""
    delivery = delivery_or_404(request.user, pk)
    reader = reader_of(request.user, delivery.area)
    withheld, counts = withheld_of(delivery, reader), counts_told([delivery], reader)[delivery.pk]
    found = queries.samples(delivery, counts, withheld)
    seen(request, subject_of(delivery), detail=about(row for sample in found for row in sample.rows))
    samples = [(sample, rows_shown(delivery, sample.rows, reader)) for sample in found]
    elsewhere = elsewhere_on(delivery, reader) if delivery.waits else Elsewhere(0, 0)
    given = {"delivery": delivery, "samples": samples, "counts": counts, "outcomes": list(Row.Outcome),
             "settled": SETTLED, "titled": titled, "known_activity": A_KNOWN_ACTIVITY, "comes_of": comes_of,
             "says_nothing": says_nothing(delivery), "somebody": headed_like_somebody(delivery),
             "understood_as": understood(delivery, place_in_words(delivery)), "words_read": words_read(delivery, reader),
             "elsewhere": elsewhere, "said_elsewhere": at_another_place(delivery, elsewhere),
             "otherwise": otherwise_now(delivery) if delivery.waits else 0,
             "came_otherwise": queries.rows_come_otherwise(delivery).count(),
             "sender": queries.sender_of(delivery), "nowhere": at_no_place(len(nowhere(delivery))),
             "left_out": queries.left_out_by(delivery),
             "lacks": "" if delivery.is_return else lacking(delivery.mapping), "unknown": queries.words_unknown(delivery),
             "problems": queries.rows_with_problems(delivery).exclude(pk__in=withheld.quiet).count() + len(delivery.passed_over),
             "broken": queries.who_can_put_right(delivery, reader), "move": move_of(delivery.could_fall)}
    return render(request, "exchange/delivery.html", given)


@require_GET
@of_own_authority(Permission.EDIT_LEARNERS)
def rows(request: HttpRequest, pk: int, outcome: str) -> HttpResponse:
    """Every row of one outcome."""
    delivery = delivery_or_404(request.user, pk)
    found = rows_told(delivery, outcome, withheld_of(delivery, reader_of(request.user, delivery.area)))
    return _rows_page(request, delivery, found, Row.Outcome(outcome).label)


@require_GET
@of_own_authority(Permission.EDIT_LEARNERS)
def some_rows(request: HttpRequest, pk: int, some: str) -> HttpResponse:
    """The rows of a file that waits which somebody has to look at before it is accepted."""
    delivery = delivery_or_404(request.user, pk)
    if some == "otherwise":
        return _rows_page(request, delivery, queries.rows_come_otherwise(delivery), "Differs from what was shown before")
    if some == "nowhere":
        return _rows_page(request, delivery, queries.rows_among(delivery, nowhere(delivery)), "At no place")
    found = rows_elsewhere(delivery, reader_of(request.user, delivery.area))
    return _rows_page(request, delivery, found, f"Not at {queries.sender_of(delivery)} as we hold it")


def _rows_page(request: HttpRequest, delivery: Delivery, found: QuerySet[Row], heading: str) -> HttpResponse:
    page, reader = Paginator(found, _A_PAGE).get_page(request.GET.get("page")), reader_of(request.user, delivery.area)
    seen(request, subject_of(delivery), detail=about(page.object_list))
    given = {"delivery": delivery, "heading": heading, "page": page, "rows": rows_shown(delivery, page.object_list, reader),
             "settled": SETTLED, "titled": titled, "known_activity": A_KNOWN_ACTIVITY}
    return render(request, "exchange/rows.html", given)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_LEARNERS)
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column of a list holds what, and what holds for everybody on it."""
    delivery = delivery_of(request, pk)
    back = reverse("exchange:delivery", args=[pk])
    if delivery.is_return or not delivery.waits:
        messages.error(request, "A return says itself what its columns are" if delivery.is_return else decided(delivery))
        return redirect(back)
    reader = reader_of(request.user, delivery.area)
    form = MappingForm(request.POST or None, delivery=delivery, shut=queries.lines_shut(delivery, reader), guards=reader.guards)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            constants = {**delivery.constants, "activity": said["activity"]}
            set_mapping(by=request.user, delivery=delivery, mapping=form.mapping(), as_at=form.day(),
                        constants=constants, establishment=said.get("establishment", ""), words=form.words(),
                        no_headings=form.no_headings())
            messages.success(request, "The list is read again, and the next one with these headings will be read so too.")
            return redirect(back)
        except RefusedError as error:
            form.add_error(error.field or NON_FIELD_ERRORS, error.sentence)
    lead = "The columns as they were understood from their headings, or as somebody said of the last list with the same headings."
    return form_page(request, form, heading="What the columns hold", back=back, caption=delivery.name,
                     lead=about_columns(delivery, lead), submit="Read the list again this way")


@require_GET
@of_own_authority(Permission.EDIT_LEARNERS)
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was not read, or was left for somebody to look at, line by line."""
    delivery = delivery_or_404(request.user, pk)
    found = list(queries.problems_of(delivery, reader_of(request.user, delivery.area)))
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    rows = list(queries.rows_among(delivery, {told.row for told in page.object_list}))
    seen(request, subject_of(delivery), detail=about(rows))
    leads = {row.pk: row for row in rows}
    ways = [_way(told.problem, leads.get(told.row)) for told in page.object_list]
    page.object_list = naming([told.problem for told in page.object_list],
                               places_of(told.problem.remedy for told in page.object_list))
    return render(request, "exchange/problems.html", {"delivery": delivery, "page": page, "titled": titled, "ways": ways})


def _way(problem: Problem, row: Row | None) -> tuple[str, str] | None:
    """Where something can be done about a problem of a row: what, and the address; None where nothing can be here."""
    if row is not None and row.learner_id:
        if problem.rule == A_KNOWN_ACTIVITY:
            return "Record what they are doing", reverse("learners:add_activity", args=[row.learner_id])
        return "Open their record", reverse("learners:learner", args=[row.learner_id])
    if row is None or not row.values or not row.may_be_settled:
        return None
    return "Say who it is", reverse("exchange:row", args=[row.pk])


@require_GET
@of_own_authority(Permission.EDIT_LEARNERS)
def problems_download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    delivery = delivery_or_404(request.user, pk)
    rows = queries.rows_with_problems(delivery).select_related("learner").only("line", "learner__number")
    seen(request, subject_of(delivery), Verb.DOWNLOADED, about(rows))
    found = problem_rows(told.problem for told in queries.problems_of(delivery, reader_of(request.user, delivery.area)))
    name = f"problems of file {delivery.pk}"
    return table_response(kind, name, PROBLEM_COLUMNS, found, PROBLEM_NOTES, title="Problems of a file")
