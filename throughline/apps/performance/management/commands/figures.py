"""Prints figures of any measures and areas, as a table, JSON or CSV."""

import csv
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from throughline.analytics.measures.areas import Area, UnknownAreaError, authorities, find_area
from throughline.analytics.measures.figures import (
    NEIGHBOUR_MODELS,
    Figure,
    UnknownMeasureError,
    UnknownPeriodError,
    figures,
    find_measure,
    own_alone,
)
from throughline.apps.performance.figures import measures, warehouse
from throughline.apps.performance.words import NOTHING, change, ordinal_of, value

NOT_UNDERSTOOD = 2
WIDE = 160


class Command(BaseCommand):
    """Print figures with their rank, band, neighbours and change."""

    help = "Print figures: value, change, rank, band, England, region and statistical neighbours."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be typed after the command's name."""
        parser.add_argument("measures", nargs="+", metavar="MEASURE", help="a measure's id, or all")
        parser.add_argument("--area", nargs="+", required=True, metavar="CODE",
                            help="three-digit or nine-character code, or all for every authority")
        parser.add_argument("--period", metavar="P", help="such as 2025 or 2024/25; each measure's latest without it")
        parser.add_argument("--neighbours", choices=NEIGHBOUR_MODELS, default=NEIGHBOUR_MODELS[0],
                            help="which model of statistical neighbours")
        parser.add_argument("--provisional", action="store_true", help="use provisional figures where they are newer")
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table",
                            help="a table to read, or JSON or CSV for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find what was asked for and print it; what is not known is answered with its nearest matches."""
        try:
            wanted = _wanted_measures(options["measures"])
            places = _wanted_areas(options["area"])
            found = own_alone(warehouse(), figures(warehouse(), wanted, places, period=options["period"],
                                                   neighbours=options["neighbours"], provisional=options["provisional"]))
        except (UnknownMeasureError, UnknownAreaError, UnknownPeriodError) as error:
            raise CommandError(str(error), returncode=NOT_UNDERSTOOD) from error
        if "all" in options["area"]:  # an abolished authority is every authority only in the years it had figures
            found = [figure for figure in found if figure.value is not None or not figure.place.abolished_on]
        {"table": _print_table, "json": _print_json, "csv": _print_csv}[options["format"]](found)


def _wanted_measures(asked: list[str]) -> list:
    held = measures()
    if asked == ["all"]:
        return list(held.values())
    return list(dict.fromkeys(find_measure(held, id) for id in asked))


def _wanted_areas(asked: list[str]) -> list[Area]:
    every = authorities(warehouse()) if "all" in asked else []
    named = [find_area(warehouse(), code) for code in asked if code != "all"]
    return list(dict.fromkeys([*named, *every]))


def _print_json(found: list[Figure]) -> None:
    json.dump([figure.as_dict() for figure in found], sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def _print_csv(found: list[Figure]) -> None:
    rows = [figure.as_dict() for figure in found]
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)


def _print_table(found: list[Figure]) -> None:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1))
    several = len({figure.place for figure in found}) > 1
    for heading in (["Area"] if several else []) + ["Measure", "Period"]:
        table.add_column(heading, min_width=20 if heading == "Measure" else None)
    for heading in ("Value", "Change", "England", "Neighbours", "Rank", "Band"):
        table.add_column(heading, justify="right", no_wrap=True)
    for figure in found:
        table.add_row(*([figure.place.name] if several else []), *_cells(figure))
    if not several and found:
        table.title = found[0].place.name
    console = Console()
    if not console.is_terminal:  # into a file or a pipe there is no edge to keep within
        console.width = WIDE
    console.print(table)


def _cells(figure: Figure) -> list[str]:
    measure = figure.definition
    return [
        measure.title,
        figure.period or "",
        value(measure, figure.value, figure.status),
        change(figure),
        value(measure, figure.england),
        value(measure, figure.neighbours_mean),
        ordinal_of(figure.rank, figure.ranked),
        figure.quartile or NOTHING,
    ]
