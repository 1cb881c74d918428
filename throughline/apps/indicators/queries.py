"""What is asked of the indicator register, always of the reader's own authority."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.indicators.models import Indicator, IndicatorBreak, IndicatorChange, IndicatorValue


def indicators_of(user: Any) -> QuerySet[Indicator]:
    """Every indicator of the reader's authority, those with a number first; none for somebody who works for no one authority."""
    held = Indicator.objects.filter(area=user.area) if user.area else Indicator.objects.none()
    return held.alias(unnumbered=Q(number="")).order_by("unnumbered", "id")


def indicator_or_404(user: Any, pk: int) -> Indicator:
    """The indicator, when it is of the reader's own authority."""
    return get_object_or_404(indicators_of(user), pk=pk)


def break_or_404(indicator: Indicator, pk: int) -> IndicatorBreak:
    """A break of this indicator."""
    return get_object_or_404(IndicatorBreak.objects.select_related("indicator"), pk=pk, indicator=indicator)


def narrowed(indicators: QuerySet[Indicator], *, words: str = "", state: str = "active",
             confidence: str = "") -> QuerySet[Indicator]:
    """Those that hold every word, in a state and with a confidence; old numbers find an indicator too.

    state "any" leaves out only what was taken out with its plan; a state or a confidence that is no choice finds nothing.
    """
    found = indicators
    for word in words.split():
        before = IndicatorChange.objects.filter(kind=IndicatorChange.Kind.RENUMBERED, before__number__icontains=word)
        found = found.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(cohort__icontains=word) | Q(target_words__icontains=word)
            | Q(pk__in=before.values("indicator")))
    found = found.exclude(state=Indicator.State.WITHDRAWN) if state == "any" else found.filter(state=state)
    if confidence:
        found = found.filter(confidence="" if confidence == "none" else confidence)
    return found


def old_numbers(indicator: Indicator) -> list[IndicatorChange]:
    """The renumberings of an indicator, newest first."""
    return list(indicator.changes.filter(kind=IndicatorChange.Kind.RENUMBERED))


def current_values(indicator: Indicator) -> list[IndicatorValue]:
    """The newest row of each period, withdrawn ones included, the period that ends last first as typed."""
    newest: dict[str, IndicatorValue] = {}
    for row in indicator.values.select_related("by"):
        newest.setdefault(row.period, row)
    return sorted(newest.values(), key=lambda row: row.period, reverse=True)


def values_of(indicator: Indicator, period: str) -> list[IndicatorValue]:
    """Everything ever entered for one period, newest first. Raises Http404 when there is nothing."""
    rows = list(indicator.values.filter(period=period).select_related("by"))
    if not rows:
        raise Http404("Nothing has been entered for that period.")
    return rows


def sees_entered(user: Any) -> bool:
    """Whether the reader may see figures that officers enter on the scorecard."""
    return may(user, Permission.SEE_ENTERED_FIGURES)
