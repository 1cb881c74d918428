"""An invented authority read the plain way: every table as a list of rows, every file cell by cell."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq

from throughline.analytics.participation.activity import Activity
from throughline.analytics.synthetic.whole import Made

SEED, SIZE, UNTIL = 11, 1200, date(2026, 10, 31)
Row = dict[str, Any]


@dataclass(frozen=True)
class Invented:
    """A folder that synthesise made, and what it said of it."""

    folder: Path
    made: Made

    def table(self, name: str) -> list[Row]:
        """The rows of a table of the truth."""
        return pq.read_table(self.folder / "truth" / f"{name}.parquet").to_pylist()

    @cached_property
    def people(self) -> dict[int, Row]:
        """Each learner with what is known of who they are."""
        people = {row["learner"]: row for row in self.table("learner")}
        for row in self.table("person"):
            people[row["learner"]] |= row
        return people

    @cached_property
    def activities(self) -> dict[int, list[Row]]:
        """Every belief by learner."""
        return self._by_learner("activity")

    @cached_property
    def memberships(self) -> dict[int, list[Row]]:
        """Every membership by learner."""
        return self._by_learner("membership")

    @cached_property
    def traits(self) -> dict[int, list[Row]]:
        """Every characteristic by learner."""
        return self._by_learner("trait")

    def _by_learner(self, name: str) -> dict[int, list[Row]]:
        rows: dict[int, list[Row]] = defaultdict(list)
        for row in self.table(name):
            rows[row["learner"]].append(row)
        return rows

    def believed(self, learner: int, day: date, known: date = UNTIL) -> list[Row]:
        """What was believed at the end of known, of what began by day."""
        end = datetime.combine(known + timedelta(days=1), time(), UTC)
        return [row for row in self.activities[learner]
                if row["start"] <= day and row["known_from"] < end and (row["known_to"] is None or row["known_to"] >= end)]

    def has(self, learner: int, trait: str, day: date) -> bool:
        """Whether somebody has a characteristic on a day."""
        return any(row["trait"] == trait and holds(row, day) for row in self.traits[learner])

    def status(self, learner: int, day: date) -> str | None:
        """Somebody's status on a day."""
        return next((row["status"] for row in self.memberships[learner] if holds(row, day)), None)


def holds(row: Row, day: date) -> bool:
    """Whether a span holds on a day."""
    return row["starts"] <= day and (row["ends"] is None or row["ends"] >= day)


def as_activity(row: Row) -> Activity:
    """A belief as the rules take it."""
    return Activity(row["code"], row["start"], row["ascertained"], row["verified"], row["review"], row["predicted_end"])


def lines(path: Path, alphabet: str | None) -> list[list[str]]:
    """The cells of a workbook or a text file, line by line; days of a workbook as Excel counts them."""
    if alphabet is None:
        page = openpyxl.load_workbook(path).active
        return [[_text(cell) for cell in row] for row in page.iter_rows(values_only=True)]
    with path.open(encoding=alphabet, newline="") as file:
        return list(csv.reader(file))


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return str((cell.date() - date(1899, 12, 30)).days)
    return "" if cell is None else str(cell)


def records(path: Path) -> list[dict[str, str]]:
    """The records of a return, elements in lower case; characteristics joined, guarantees left out."""
    made = []
    for element in ElementTree.parse(path).getroot():
        if _name(element) != "youngpersonsrecord":
            continue
        made.append({_name(leaf): leaf.text or "" for leaf in element.iter() if not len(leaf)})
    return made


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2].lower()
