"""One authority's month closed, end to end: counted, written, checked by every rule, and frozen."""

import json
from pathlib import Path
from statistics import median

from bench.page import environment_of, python
from bench.report import Section

SIZE, TIMES, SECONDS = 40_000, 3, 10
WORDS = {"standings": "counting what everybody is doing, two month ends", "records": "writing and checking the return",
         "freeze": "compressing and keeping it", "figures": "counting again what other pages show"}


def section(folder: Path, size: int = SIZE, times: int = TIMES) -> Section:
    """A register of so many young people, its last month closed so many times in a process that has closed none before."""
    (folder / "static").mkdir(parents=True)  # WhiteNoise warns of a folder that is not there
    environment = environment_of(folder) | {"THROUGHLINE_DEMONSTRATION": "1"}  # an invented register is filled nowhere else
    python("bench.close_site", "make", str(size), environment=environment)
    closes = json.loads(python("bench.close_site", "close", str(times), environment=environment))
    rows = [[WORDS[name], *_spread([each["steps"][name] for each in closes])] for name in WORDS]
    whole, command = ([each[name] for each in closes] for name in ("seconds", "command"))
    rows += [["the whole close, in a process that runs", *_spread(whole)],
             ["`throughline close`, from its start to its end", *_spread(command)]]
    words = (f"The register of an invented authority, {closes[0]['learners']:,} young people of 14 to 24 in SQLite, of whom "
             f"{closes[0]['records']:,} are returned; something of it was changed since figures were counted, so that those of "
             f"other pages are counted again. The steps are of one process; the first of its {times} closes has nothing "
             "remembered. The command is a process of its own each time, and has to find everything anew.")
    worst = max(whole + command)
    closing = (f"Aim: under {SECONDS} seconds. Measured: the command {median(command):.1f} s, and {worst:.1f} s at most of all. "
               f"{'Met' if worst < SECONDS else 'Not met'}.")
    return Section("One authority's month closed", words, ("step", "median", "least", "most"), rows, closing)


def _spread(seconds: list[float]) -> list[str]:
    return [f"{each:,.2f} s" for each in (median(seconds), min(seconds), max(seconds))]
