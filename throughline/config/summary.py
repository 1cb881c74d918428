"""One authority's figures as a table that fits a terminal: what a demonstration ends with."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from throughline.analytics.measures.areas import find_area
from throughline.analytics.measures.figures import Figure, figures
from throughline.apps.performance.figures import measures, warehouse
from throughline.apps.performance.words import change, ordinal_of, value

SUMMARY = (  # one or two of each theme: a screenful
    "neet_or_not_known_16_17", "neet_16_17", "not_known_16_17", "participation_16_17", "september_guarantee",
    "attainment_8", "english_and_maths_9_4", "a_level_points_per_entry", "level_2_by_19", "level_3_by_19",
    "level_3_by_19_fsm_gap", "ks4_sustained_destination", "higher_education_by_19", "overall_absence",
    "persistent_absence", "care_leavers_in_education_employment_training", "good_level_of_development",
)


def print_summary(console: Console, area: str) -> None:
    """Print the latest figures of one area, by its code or name. Raises UnknownAreaError."""
    place = find_area(warehouse(), area)
    held = measures()
    found = figures(warehouse(), [held[name] for name in SUMMARY if name in held], [place])
    table = Table(title=f"{place.name}: the latest published figures", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Measure")
    for heading in ("Period", "Value", "Change", "England", "Rank"):
        table.add_column(heading, justify="left" if heading == "Period" else "right", no_wrap=True)
    for figure in found:
        table.add_row(*[Text(cell) for cell in _cells(figure)])
    console.print(table)


def _cells(figure: Figure) -> tuple[str, ...]:
    measure = figure.definition
    return (
        measure.title,
        figure.period or "",
        value(measure, figure.value, figure.status),
        change(figure),
        value(measure, figure.england),
        ordinal_of(figure.rank, figure.ranked),
    )
