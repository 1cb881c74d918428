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
    whole = [each["seconds"] for each in closes]
    frozen = [each["seconds"] - each["steps"]["figures"] for each in closes]
    rows += [["until the month is frozen", *_spread(frozen)], ["the whole close", *_spread(whole)]]
    words = (f"The register of an invented authority, {closes[0]['learners']:,} young people of 14 to 24 in SQLite, of whom "
             f"{closes[0]['records']:,} are of an age to be returned; something of it was changed since figures were "
             f"counted, so that they are counted again. One process; the first of the {times} closes has nothing remembered.")
    closing = (f"Aim: under {SECONDS} seconds. Measured: {median(frozen):.1f} s until the month is frozen and the command has "
               f"said all of it: {_met(frozen)}. With the figures of other pages counted again, which the command does after "
               f"that and the page before it answers, {median(whole):.1f} s: {_met(whole)}.")
    return Section("One authority's month closed", words, ("step", "median", "least", "most"), rows, closing)


def _met(seconds: list[float]) -> str:
    return "met" if max(seconds) < SECONDS else "not met"


def _spread(seconds: list[float]) -> list[str]:
    return [f"{each:,.2f} s" for each in (median(seconds), min(seconds), max(seconds))]
