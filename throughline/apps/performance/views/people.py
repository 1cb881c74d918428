"""The young people whom a figure of the register counts, for those who may see them; each look recorded before the answer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from throughline.analytics.measures.definition import Measure
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import Verb
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.actions import looking
from throughline.apps.learners.doing import last_confirmed, told_code
from throughline.apps.learners.files import LEARNER_NOTES
from throughline.apps.learners.models import Learner
from throughline.apps.learners.standings import COLOURS, WORDS, told_standing
from throughline.apps.organisations.access import of_own_authority
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import area_or_404, may_see_entered
from throughline.apps.performance.groups import Parted, group_names, parted
from throughline.apps.performance.people import Asked, Counted, facts_of, may_be_listed, moments, who_is_counted
from throughline.ui.downloads import Column, table_response

_A_PAGE = 50
_COLUMNS = [
    Column("number", "Number"), Column("family", "Family name"), Column("given", "Given name"), Column("age", "Academic age"),
    Column("district", "District"), Column("code", "Activity code"), Column("activity", "Activity"), Column("since", "Since"),
    Column("confirmed", "Last confirmed"), Column("today", "Counts today as"),
]


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def show(request: HttpRequest, id: str) -> HttpResponse:
    """Those counted at a month end, in all or in one group."""
    measure = _measure_or_404(id)
    request.audit_subject = ("measure", measure.id, measure.title)
    area = area_or_404(request.user.area)
    choices = moments(measure, area)
    page: dict[str, Any] = {"measure": measure, "area": area, "choices": choices, "may_see_figure": _sees_figure(request),
                            "indicator": _indicator(request)}
    if not choices:
        return render(request, "performance/people.html", page)
    asked, groups = _asked(request, measure)
    found = _found(request, asked)
    people = Paginator(found.people, _A_PAGE).get_page(request.GET.get("page"))
    rows = facts_of(request.user, people.object_list, area.area, asked.month_end, timezone.localdate())
    _record(request, [row["learner"] for row in rows], Verb.LOOKED)
    return render(request, "performance/people.html", page | {
        "asked": asked, "groups": groups, "found": found, "page": people, "rows": rows, "words": WORDS, "colours": COLOURS,
        "sensitive": may(request.user, Permission.SEE_SENSITIVE), "told_code": told_code, "told_standing": told_standing,
        "last_confirmed": last_confirmed,
        "behind": room.people_are_behind(), "districts": _districts(request, rows),
        "not_listed": bool(request.GET.get("who")) and not asked.breakdown,
        "called": _called(asked, groups), "agrees": found.agrees or not _sees_figure(request),
    })


@require_GET
@of_own_authority(Permission.SEE_LEARNERS)
def download(request: HttpRequest, id: str, kind: str) -> HttpResponse:
    """All of them as CSV or XLSX, those with a restricted record left out."""
    measure = _measure_or_404(id)
    request.audit_subject = ("measure", measure.id, measure.title)
    if not moments(measure, area_or_404(request.user.area)):
        return table_response(kind, f"{measure.id} young people", _COLUMNS, [], ["Nobody has been counted yet."])
    asked, groups = _asked(request, measure)
    found = _found(request, asked)
    rows = facts_of(request.user, found.people, asked.area.area, asked.month_end, timezone.localdate())
    _record(request, [row["learner"] for row in rows], Verb.DOWNLOADED)
    title = f"{measure.title}: {_called(asked, groups)}, {asked.month_end:%B %Y}"
    lines = list(_lines(rows, _districts(request, rows), asked.month_end, may(request.user, Permission.SEE_SENSITIVE)))
    return table_response(kind, f"{measure.id} young people {asked.month_end:%Y-%m}", _COLUMNS, lines,
                          [title, *LEARNER_NOTES], title="The young people it counts")


def _measure_or_404(id: str) -> Measure:
    measure = room.measures().get(id)
    if measure is None or measure.register is None:
        raise Http404("No measure of that name is counted from the register of young people.")
    return measure


def _sees_figure(request: HttpRequest) -> bool:
    return may_see_entered(request.user, area_or_404(request.user.area))


def _asked(request: HttpRequest, measure: Measure) -> tuple[Asked, list[Parted]]:
    """What the address asks for, and the groups that may be asked for; what is no choice is as if it had not been made."""
    area = area_or_404(request.user.area)
    choices = {f"{end:%Y-%m}": (end, made) for end, made in reversed(moments(measure, area))}
    month_end, made = choices.get(request.GET.get("month", ""), list(choices.values())[-1])
    groups = [
        Parted(part.breakdown, part.name, listed) for part in parted(room.warehouse(), measure, area, made.period)
        if (listed := [each for each in part.groups if may_be_listed(request.user, measure, part.breakdown, each.figure.group)])
    ]
    chosen = next((each for part in groups for each in part.groups if each.asked == request.GET.get("who")), None)
    if chosen is None:
        return Asked(measure, area, made, month_end), groups
    return Asked(measure, area, made, month_end, chosen.figure.breakdown, chosen.figure.group), groups


def _found(request: HttpRequest, asked: Asked) -> Counted:
    if not may_be_listed(request.user, asked.measure, asked.breakdown, asked.group):
        raise Http404("Whom this measure counts is not listed: the list itself would tell what is restricted.")
    return who_is_counted(request.user, asked)


def _indicator(request: HttpRequest) -> int | None:
    """The indicator that the reader came from, to lead them back to it."""
    return int(came) if (came := request.GET.get("indicator", "")[:10]).isdecimal() else None


def _called(asked: Asked, groups: list[Parted]) -> str:
    """The group asked for in words."""
    return next((f"{part.name}: {each.name}" for part in groups for each in part.groups
                 if (part.breakdown, each.figure.group) == (asked.breakdown, asked.group)), "Everyone")


def _districts(request: HttpRequest, rows: list[dict[str, Any]]) -> dict[int, str]:
    """The name of the district that each lived in, by key; nobody's for a school, which is not told where somebody lives."""
    if not may(request.user, Permission.SEE_ALL_LEARNERS):
        return {}
    names = group_names(room.warehouse(), "district", {row["person"].district for row in rows if row["person"].district})
    return {row["learner"].pk: "Protected" if row["guarded"] else names.get(row["person"].district, "Not known") for row in rows}


def _record(request: HttpRequest, shown: list[Learner], verb: str) -> None:
    """Say in the audit whom the reader is about to see. Raises django.db.DatabaseError, and then nobody is shown."""
    looking.record_list(by=request.user, area=request.user.area, path=request.path, verb=verb,
                        numbers=[one.number for one in shown])
    request.audit_look = False


def _lines(rows: list[dict[str, Any]], districts: dict[int, str], month_end: date, sensitive: bool) -> Iterator[dict[str, Any]]:
    for row in rows:
        learner, person = row["learner"], row["person"]
        code, activity = told_code(person.code, month_end, sensitive) if person.code else ("", "Nothing known")
        yield {"number": learner.number, "family": learner.called.family if learner.called else "",
               "given": learner.called.given if learner.called else "", "age": person.academic_age,
               "district": districts.get(learner.pk, ""), "code": code,
               "activity": activity, "since": row["since"],
               "confirmed": row["confirmed"],
               "today": row["gone"].words if row["gone"] else WORDS[told_standing(row["today"].standing, sensitive)]}
