"""A register of an invented authority in the folder that THROUGHLINE_VAR names, and the closing of its last month.

python -m bench.close_site make SIZE     makes the database and fills the register; prints how many young people it holds
python -m bench.close_site close TIMES   prints the seconds of each close, by the command and within this process, as JSON
"""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

from django.conf import settings

from bench.site import lay_foundations  # which sets Django up for what follows
from throughline.analytics.synthetic.whole import synthesise
from throughline.apps.learners.demonstration import fill_from
from throughline.apps.learners.models import Learner
from throughline.apps.performance.figures import fall_behind
from throughline.apps.returns.actions.closing import STEPS, close_month

AREA, UNTIL = "899", date(2026, 10, 31)


def make(size: int) -> None:
    """The database, and the register filled from an invented truth."""
    lay_foundations()
    folder = settings.VAR / "invented"
    synthesise(settings.DEFINITIONS, folder, size=size, areas=(AREA,), until=UNTIL, files=False, replace=True)
    json.dump(fill_from(folder / "truth", area=AREA), sys.stdout)


def close(times: int) -> None:
    """Close the month so many times by the command, and as often within this process with the seconds of each step, each a
    version of its own; before each something was changed that the figures of other pages do not show, as in any month.
    """
    taken = []
    for _ in range(times):
        command = _command()
        fall_behind()
        begun, marks = perf_counter(), []
        closed = close_month(by=None, area=AREA, month_end=UNTIL, reason="Measured again",
                             step=lambda _, marks=marks: marks.append(perf_counter()))
        ends = [*marks[1:], perf_counter()]
        steps = {name: end - start for name, start, end in zip(STEPS, marks, ends, strict=True)}
        taken.append({"command": command, "seconds": perf_counter() - begun, "steps": steps, "records": closed.records,
                      "learners": Learner.objects.filter(area=AREA).count()})
    json.dump(taken, sys.stdout)


def _command() -> float:
    """The seconds from the start of throughline close to its end, other pages' figures included."""
    fall_behind()
    begun = perf_counter()
    program = Path(sys.executable).with_name("throughline")
    subprocess.run([program, "close", "--month", f"{UNTIL:%Y-%m}", "--area", AREA, "--reason",
                    "Measured once again"], check=True, capture_output=True)
    return perf_counter() - begun


if __name__ == "__main__":
    {"make": make, "close": close}[sys.argv[1]](int(sys.argv[2]))
