"""The handbook: its pages by service, one page, an earlier edition, the whole to print, and what changes them."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from throughline.apps.accounts.permissions import Permission
from throughline.apps.handbook import actions, files, queries
from throughline.apps.handbook.comparing import difference
from throughline.apps.handbook.forms import EditionForm, PageForm
from throughline.apps.handbook.models import HandbookPage, PageEdition
from throughline.apps.handbook.subjects import WHOLE, subject_of
from throughline.apps.handbook.tasks import tasks_named
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.organisations.editing import form_page, saved
from throughline.ui.downloads import table_response

_FORM = "handbook/form.html"


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def index(request: HttpRequest) -> HttpResponse:
    """The pages in force by service, and those that are still to come."""
    request.audit_subject = WHOLE
    area, today = request.user.area, timezone.localdate()
    held = list(queries.editions_in_force(area, today))
    known = {edition.page_id for edition in held}
    shown = {
        "services": _by_service(held), "tasks_named": tasks_named, "past": sum(edition.past_review for edition in held),
        "to_come": [each for each in queries.editions_to_come(area, today) if each.page_id not in known],
        "removed": queries.removed_pages(area),
    }
    return render(request, "handbook/pages.html", shown)


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The pages in force as CSV or XLSX."""
    request.audit_subject = WHOLE
    rows = files.page_rows(queries.editions_in_force(request.user.area, timezone.localdate()))
    return table_response(kind, f"Handbook {timezone.localdate()}", files.COLUMNS, list(rows), files.NOTES, title="Handbook")


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def whole(request: HttpRequest) -> HttpResponse:
    """Every page in force, one after the other, to be read or printed as a whole."""
    request.audit_subject = WHOLE
    today = timezone.localdate()
    held = _by_service(queries.editions_in_force(request.user.area, today))
    return render(request, "handbook/whole.html", {"services": held, "today": today, "tasks_named": tasks_named})


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One page as it is in force, or as it will be where it is not yet; with its other editions."""
    page = _page(request, pk)
    edition = page.in_force(timezone.localdate()) or page.editions.order_by("starts_on", "number").first()
    return render(request, "handbook/page.html", _about(page, edition))


@require_GET
@of_own_authority(Permission.SEE_PLANS)
def edition(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One edition of a page, whichever is in force, with what changed in it."""
    page = _page(request, pk)
    return render(request, "handbook/edition.html", _about(page, queries.edition_or_404(page, number)))


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def add(request: HttpRequest) -> HttpResponse:
    """Add a page."""
    form = PageForm(request.POST or None, area=request.user.area, initial={"starts_on": timezone.localdate()})
    if page := saved(request, form, actions.add_page, area=request.user.area):
        messages.success(request, f"{page} is in the handbook.")
        return redirect("handbook:page", page.pk)
    return form_page(request, form, heading="Add a page", submit="Add", back=reverse("handbook:pages"), template=_FORM)


@require_http_methods(["GET", "POST"])
@of_own_authority(Permission.EDIT_PLANS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next edition of a page."""
    page = _page(request, pk)
    form = EditionForm(request.POST or None, area=request.user.area, record=page)
    if made := saved(request, form, actions.add_edition, page=page):
        held = page.in_force(timezone.localdate())
        passed = held is not None and (made.starts_on, made.number) < (held.starts_on, held.number)
        after = f"Edition {held.number} holds all the same, since it is from a later day." if passed else ""
        messages.success(request, f"Edition {made.number} is saved. " + (after or "The one before stays readable."))
        return redirect("handbook:page", pk)
    return form_page(request, form, heading="Write the next edition", caption=str(page), submit="Save as the next edition",
                     back=reverse("handbook:page", args=[pk]), template=_FORM)


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a page out of the handbook."""
    page = _page(request, pk)
    actions.remove_page(by=request.user, page=page)
    messages.success(request, f"{page} is taken away. You can bring it back at the foot of this page.")
    return redirect("handbook:pages")


@require_POST
@of_own_authority(Permission.EDIT_PLANS)
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a page back."""
    page = _page(request, pk, removed=True)
    actions.restore_page(by=request.user, page=page)
    messages.success(request, f"{page} is back.")
    return redirect("handbook:page", pk)


def _page(request: HttpRequest, pk: int, *, removed: bool = False) -> HandbookPage:
    """The page that a request is about, noted for the audit. Answers 404 when the reader's authority has none such."""
    page = queries.page_or_404(request.user, pk, removed=removed)
    request.audit_subject = subject_of(page)
    return page


def _about(page: HandbookPage, edition: PageEdition) -> dict[str, Any]:
    """What a page is shown with: the edition, those beside it, which one is in force, and what changed in this."""
    editions = list(page.editions.select_related("by").order_by("-number"))
    before = next((each for each in editions if each.number < edition.number), None)
    now = page.in_force(timezone.localdate())
    after = [each for each in editions if (each.starts_on, each.number) > (edition.starts_on, edition.number)]
    return {
        "page": page, "edition": edition, "editions": editions, "tasks": tasks_named(edition.tasks), "before": before,
        "difference": difference(before, edition) if before else None, "in_force": now.number if now else None,
        "after": min(after, key=lambda each: (each.starts_on, each.number), default=None),
    }


def _by_service(editions: Any) -> list[tuple[str, list[PageEdition]]]:
    """Editions that come by service, as (service, editions)."""
    return [(service, list(held)) for service, held in groupby(editions, key=lambda edition: edition.service)]
