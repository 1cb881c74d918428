"""The figures that show a need: an indicator's of the register, a published measure's of the authority beside England's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.definition import Kind, Measure
from throughline.analytics.measures.figures import Figure, figures
from throughline.apps.commissioning.models import Need
from throughline.apps.indicators.judgements import Result, judge_all
from throughline.apps.indicators.words import latest_words, source_words
from throughline.apps.performance import figures as room
from throughline.ui.formats import number


@dataclass(frozen=True)
class Shows:
    """One thing that shows a need: what it is called, its figure in words, where that is from."""

    name: str
    figure: str
    source: str


def published() -> list[Measure]:
    """The measures that a need may rest on."""
    return [measure for measure in room.measures().values() if measure.kind is Kind.PUBLISHED]


def figures_of(needs: Iterable[Need], area: str, on: date, *, entered: bool, counted: bool = False) -> dict[int, list[Shows]]:
    """The newest figures of each need by its number in the database.

    Indicators' are as known on the day, of those that judge_all lets be seen under entered and counted; published
    measures' are the newest there are.
    """
    wanted = list(needs)
    results = judge_all({need.indicator for need in wanted if need.indicator}, on, entered=entered, counted=counted)
    known = _published_figures({need.measure for need in wanted} - {""}, area)
    found: dict[int, list[Shows]] = {need.pk: [] for need in wanted}
    for need in wanted:
        if need.indicator_id:
            found[need.pk].append(shown(results[need.indicator_id]))
        if need.measure:
            found[need.pk].append(known[need.measure])
    return found


def shown(result: Result) -> Shows:
    """An indicator's newest figure; of one that the reader may not see, that it is not shown."""
    said = "not shown here" if result.withheld else latest_words(result)
    return Shows(str(result.indicator), said, "" if result.withheld else source_words(result))


def _published_figures(ids: set[str], area: str) -> dict[str, Shows]:
    """Each measure's newest figure of an authority; one that is no longer defined says so."""
    held = room.measures()
    defined = [held[id] for id in sorted(ids) if id in held]
    warehouse = room.warehouse() if defined else None
    made = figures(warehouse, defined, [find_area(warehouse, area)]) if warehouse else []
    gone = {id: Shows(id, "no longer a measure that is held", "") for id in ids}
    return gone | {each.definition.id: _of_measure(each) for each in made}


def _of_measure(figure: Figure) -> Shows:
    measure = figure.definition
    said = f"{_amount(measure, figure.value)} in {figure.period}" if figure.value is not None else "no figure"
    if figure.england is not None:
        said += f", England {_amount(measure, figure.england)}"
    return Shows(measure.title, said, ", ".join(part for part in (figure.source, figure.release) if part))


def _amount(measure: Measure, value: float) -> str:
    return f"{number(value, measure.decimals)}{measure.unit.suffix}"
