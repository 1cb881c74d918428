"""Early leavers: who left education or training of years 12 and 13 before its end, from where, and what became of them."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import files, leavers, queries
from throughline.apps.followup.forms import NarrowLeaversForm
from throughline.apps.followup.on_leaving import NOBODY_SAID, by_reason
from throughline.apps.followup.register import register
from throughline.apps.followup.views.seen import noted
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.doing import from_when, intended_label, reason_label
from throughline.apps.learners.sight import shut_to
from throughline.apps.learners.standings import WORDS
from throughline.apps.organisations.access import of_own_authority
from throughline.core.ages import academic_year, academic_year_name
from throughline.ui.downloads import table_response

A_PAGE, _YEARS = 50, 3
_TITLE = "Early leavers"


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def show(request: HttpRequest) -> HttpResponse:
    """Who left early in an academic year, by place and one by one."""
    asked = _narrowed(request)
    page = Paginator(asked.found, A_PAGE).get_page(request.GET.get("page"))
    noted(request, ("learners", request.user.area, _TITLE), [one.row.person.number for one in page])
    shown = {
        "form": asked.form, "asked": asked.form.asked, "narrows": asked.form.asked.keys() - {"year"},
        "page": page, "total": len(asked.found), "left_off": asked.left_off,
        "places": leavers.by_place(asked.found), "called": asked.called, "year": academic_year_name(asked.year),
        "learners": queries.learners_by_pk(one.pk for one in page), "name_of": queries.name_of,
        "name_of_place": leavers.names_of_places(page), "label": codeset("activity").label, "today": timezone.localdate(),
        "standings": WORDS, "now": leavers.NOW, "reason_label": reason_label, "intended_label": intended_label,
        "from_when": from_when,
        "reasons": by_reason((one.said.reason, one.year_group) for one in asked.found),
        "groups": sorted({one.year_group for one in asked.found}), "nobody_said": NOBODY_SAID,
        "place": asked.called.get(asked.form.asked.get("place", ""), ""),
    }
    return render(request, "followup/leavers.html", shown)


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The early leavers of the page, all of them, as CSV or XLSX."""
    asked = _narrowed(request)
    noted(request, ("learners", request.user.area, _TITLE), [one.row.person.number for one in asked.found], Verb.DOWNLOADED)
    rows = files.leaver_rows(asked.found, queries.learners_by_pk(one.pk for one in asked.found))
    place = asked.form.asked.get("place", "")
    name = f"For us only, early leavers of {asked.called.get(place, place)}" if place else _TITLE
    return table_response(kind, f"{name} {asked.year}", files.LEAVER_COLUMNS, list(rows), files.LEAVER_NOTES, title=_TITLE)


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def download_places(request: HttpRequest, kind: str) -> HttpResponse:
    """How many left each place early, as CSV or XLSX; it names nobody."""
    asked = _narrowed(request)
    request.audit_subject = ("follow-up", request.user.area, _TITLE)
    rows = list(files.leaver_place_rows(leavers.by_place(asked.found), asked.called))
    return table_response(kind, f"Early leavers by place {asked.year}", files.LEAVER_PLACE_COLUMNS, rows,
                          ["For your team: some numbers are small, and tell of single young people."])


@require_GET
@of_own_authority(Permission.FOLLOW_UP)
def feedback(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """What one place is told of those who left it early, as CSV or XLSX: no restricted record, and nothing sensitive. It has them
    all whatever reason is asked for, since being among them would tell it.
    """
    asked = _narrowed(request)
    narrowed = leavers.narrowed(asked.everybody, {**asked.form.asked, "reason": ""})
    found = [one for one in narrowed if one.number == number and not one.row.person.restricted]
    called = asked.called.get(number, number)
    about = f"What became of early leavers of {called}"
    noted(request, ("learners", request.user.area, about), [one.row.person.number for one in found], Verb.DOWNLOADED)
    rows = files.feedback_rows(found, queries.learners_by_pk(one.pk for one in found))
    return table_response(kind, f"For {called}, early leavers {asked.year}", files.FEEDBACK_COLUMNS, list(rows),
                          files.FEEDBACK_NOTES, title=about)


@dataclass(frozen=True)
class _Narrowed:
    """Early leavers as one reader has narrowed them; called says what the places of the year are called, by number."""

    year: int
    form: NarrowLeaversForm
    everybody: list[leavers.Leaver]
    called: dict[str, str]
    left_off: int

    @cached_property
    def found(self) -> list[leavers.Leaver]:
        """Those whom the form leaves."""
        return leavers.narrowed(self.everybody, self.form.asked)


def _narrowed(request: HttpRequest) -> _Narrowed:
    this = academic_year(timezone.localdate())
    years = [this - back for back in range(_YEARS)]
    year = next((one for one in years if str(one) == request.GET.get("year")), this)
    found = leavers.early_leavers(register(request.user.area), year)
    shut = shut_to(request.user)
    shown = [one for one in found if one.pk not in shut]
    name_of_place = leavers.names_of_places(shown)
    called = {one.number: name_of_place(one.place) for one in shown if one.number}
    reasons = {one.said.reason: reason_label(one.said.reason, one.on) for one in shown if one.said.reason}
    form = NarrowLeaversForm(request.GET, years=years, groups=sorted({one.year_group for one in shown}), places=called,
                             reasons=reasons)
    return _Narrowed(year, form, shown, called, len(found) - len(shown))
