"""The invented authority's directory of postcodes, with the district of each, under the headings of the national one."""

import csv
from itertools import product
from pathlib import Path

from throughline.analytics.synthetic.persons import INWARD, POSTCODE_AREA, UNITS
from throughline.analytics.synthetic.places import Places

POSTCODES = "postcodes.csv"
_HEADINGS = ("pcds", "dointr", "doterm", "oslaua")
_INTRODUCED = "198001"


def write_postcodes(places: Places, path: Path) -> int:
    """Write every postcode that anybody could live at; answers how many there are."""
    rows = [(f"{POSTCODE_AREA}{sector} {figure}{first}{second}", _INTRODUCED, "", district)
            for sector, district in zip(places.sectors, places.districts, strict=True)
            for figure, first, second in product(range(1, UNITS + 1), INWARD, INWARD)]
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(_HEADINGS)
        written.writerows(rows)
    return len(rows)
