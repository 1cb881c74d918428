"""What a request asks to see: which area, period, neighbours and release; and what its reader may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from throughline.analytics.measures.areas import Area, UnknownAreaError, find_area
from throughline.analytics.measures.definition import Measure
from throughline.analytics.measures.figures import (
    NEIGHBOUR_MODELS,
    Figure,
    UnknownMeasureError,
    find_measure,
    own_alone,
)
from throughline.analytics.measures.figures import figures as read_figures
from throughline.analytics.warehouse.connection import Warehouse
from throughline.apps.accounts.access import may
from throughline.apps.accounts.permissions import Permission
from throughline.apps.performance import figures

LONGEST_PERIOD = 40


@dataclass(frozen=True)
class Asked:
    """The choices of a page, each with its default; period None means each measure's latest."""

    period: str | None = None
    neighbours: str = NEIGHBOUR_MODELS[0]
    provisional: bool = False

    @property
    def query(self) -> dict[str, str]:
        """The choices that are not the default, to carry in the address of another page."""
        chosen = {"period": self.period or "", "neighbours": self.neighbours, "provisional": "1" * self.provisional}
        if self.neighbours == NEIGHBOUR_MODELS[0]:
            chosen.pop("neighbours")
        return {name: value for name, value in chosen.items() if value}


def read_choices(request: HttpRequest) -> Asked:
    """The choices in the address; anything that is not a choice is as if it had not been made."""
    model = request.GET.get("neighbours", "")
    return Asked(
        period=request.GET.get("period", "").strip()[:LONGEST_PERIOD] or None,
        neighbours=model if model in NEIGHBOUR_MODELS else NEIGHBOUR_MODELS[0],
        provisional=request.GET.get("provisional") == "1",
    )


def figures_asked(
    warehouse: Warehouse, measures: Sequence[Measure], places: Sequence[Area], asked: Asked
) -> list[Figure]:
    """One Figure for each place and measure, as the choices have it. Raises UnknownPeriodError."""
    found = read_figures(warehouse, measures, places, period=asked.period, neighbours=asked.neighbours,
                         provisional=asked.provisional)
    return own_alone(warehouse, found)


def compared(measure: Measure) -> bool:
    """Whether a figure is set beside other authorities': what each has entered or counted is its own business."""
    return not measure.kind.is_own


def area_or_404(code: str) -> Area:
    """The area of a code in an address, or a page that names the nearest matches."""
    try:
        return find_area(figures.warehouse(), code)
    except UnknownAreaError as error:
        raise Http404(str(error)) from error


def measures_for(user: Any, area: Area | None = None) -> dict[str, Measure]:
    """The measures whose figures a person may see; those entered or counted by an authority only of their own."""
    held = figures.measures()
    if may_see_entered(user, area):
        return held
    return {id: measure for id, measure in held.items() if not measure.kind.is_own}


def may_see_entered(user: Any, area: Area | None) -> bool:
    """Whether a person may see figures entered by an authority: only the one they work for; None asks of any at all."""
    own = bool(user.area) and (area is None or user.area == area.area)
    return own and may(user, Permission.SEE_ENTERED_FIGURES)


def measure_or_404(user: Any, id: str, area: Area | None = None) -> Measure:
    """The measure of an id in an address, when the person may see it."""
    held: Mapping[str, Measure] = measures_for(user, area)
    try:
        return find_measure(held, id)
    except UnknownMeasureError as error:
        raise Http404(str(error)) from error
