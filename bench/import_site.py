"""Returns of two sizes brought into an empty register in the folder that THROUGHLINE_VAR names, with what each took.

python -m bench.import_site make FILE COUNT   makes the database, and a return of so many records
python -m bench.import_site bring FILE        brings it in and accepts it; prints seconds and peak memory in MiB as JSON
"""

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

from django.conf import settings

from bench.return_made import HEADER, records
from bench.site import make_tables  # which sets Django up for what follows
from throughline.analytics.formats.nccis.layout import load_layout
from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.formats.nccis.writing import write_return
from throughline.apps.exchange.actions import deciding
from throughline.apps.exchange.actions.bringing import bring_in
from throughline.apps.learners.models import Learner
from throughline.apps.performance.figures import catch_up

AREA = "899"
_YEARS = 7  # by which the invented records are moved, so that they are of an age to be in a register today
_DAYS = ("dob", "start_date", "date_ascertained", "date_verified", "due_to_lapse_date", "predicted_end_date", "neet_start_date")


def make(file: Path, count: int) -> None:
    """The database, and the file."""
    make_tables()
    header = replace(HEADER, period_end=date(2026, 4, 30), sent=date(2026, 5, 1))
    with file.open("wb") as out:
        write_return(out, header, _later(count), load_layout(settings.DEFINITIONS, "2019-20"))


def _later(count: int) -> Iterator[Record]:
    for record in records(count):
        moved = {name: f"{int(day[:4]) + _YEARS}{day[4:]}" for name in _DAYS if (day := getattr(record, name))}
        yield record._replace(**moved)


def bring(file: Path) -> None:
    """The file in, looked over and accepted; then the figures counted again, which accepting sees to once it has committed."""
    deciding.catch_up = lambda: None  # so that what the file itself takes is told apart from what counting a register takes
    peaks, begun = {"before": _peak()}, perf_counter()
    with file.open("rb") as stream:
        delivery, _ = bring_in(by=None, area=AREA, name=file.name, file=stream)
    read, peaks["read"] = perf_counter(), _peak()
    held = deciding.accept(by=None, delivery=delivery)
    accepted, peaks["accepted"] = perf_counter(), _peak()
    catch_up()
    taken = {"read": read - begun, "accepted": accepted - read, "counted": perf_counter() - accepted}
    peaks["counted"] = _peak()
    json.dump({"seconds": taken, "peaks": peaks, "counts": held.counts, "bytes": file.stat().st_size,
               "learners": Learner.objects.count()}, sys.stdout)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        bring(Path(sys.argv[2]))
