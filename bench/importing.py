"""A return brought into an empty register: what it takes by size, of seconds and above all of memory."""

import json
from pathlib import Path
from typing import Any

from bench.page import environment_of, python
from bench.report import Section

SMALL, LARGE = 4_000, 40_000
MORE_MEMORY = 2_000  # bytes that each further record may take: what it needs to be found by, and nothing else of it


def section(folder: Path, small: int = SMALL, large: int = LARGE) -> Section:
    """Two returns, the second ten times the first, each read, looked over and accepted in a process and a register of its own."""
    taken = [_taken(folder / str(count), count) for count in (small, large)]
    rows = [_drawn(each, count) for count, each in zip((small, large), taken, strict=True)]
    grown = taken[1]["peaks"]["accepted"] - taken[0]["peaks"]["accepted"]
    each = grown * 2**20 / (large - small)
    words = ("A return as XML into an empty register in SQLite, everybody in it new, which is when memory grows the most: of "
             "whoever is new the numbers, the names and the date of birth are held, so that a later record finds them. "
             "Counting the figures again afterwards, from the whole register, is measured apart.")
    closing = (f"Aim: at most {MORE_MEMORY:,} bytes for a further record of {taken[1]['bytes'] // large:,}. "
               f"Measured: {each:,.0f}. {'Met' if each <= MORE_MEMORY else 'Not met'}.")
    columns = ("file", "read and compared", "accepted", "figures counted", "memory before", "peak, read", "peak, accepted",
               "peak, counted")
    return Section("A return brought in", words, columns, rows, closing)


def _drawn(taken: dict[str, Any], count: int) -> list[str]:
    seconds = [f"{taken['seconds'][step]:,.1f} s" for step in ("read", "accepted", "counted")]
    peaks = [f"{taken['peaks'][step]:,.0f} MiB" for step in ("before", "read", "accepted", "counted")]
    return [f"{count:,} records, {taken['bytes'] / 1e6:,.0f} MB", *seconds, *peaks]


def _taken(folder: Path, count: int) -> dict[str, Any]:
    (folder / "static").mkdir(parents=True)  # WhiteNoise warns of a folder that is not there
    environment = environment_of(folder) | {"THROUGHLINE_DEMONSTRATION": "1"}
    file = folder / "return.xml"
    python("bench.import_site", "make", str(file), str(count), environment=environment)
    return json.loads(python("bench.import_site", "bring", str(file), environment=environment))
