"""Reading facts of many learners from a file: every row that is right is kept, every other is answered."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.followup.actions.risk import enter_facts
from throughline.apps.followup.models.risk import FACTS
from throughline.apps.learners.models import Learner
from throughline.core.problems import Problem, RefusedFileError

COLUMNS = ("number", "as_at", *FACTS)
MOST_OCTETS = 20_000_000
_YES_NO = {"yes": True, "y": True, "1": True, "true": True, "no": False, "n": False, "0": False, "false": False, "": None}
_SHARES = FACTS[:2]


@transaction.atomic
def import_facts(*, by: User, name: str, content: bytes) -> tuple[int, list[Problem]]:
    """Enter the facts of a CSV file headed number, as_at and any of the facts; an empty cell is not known.

    Answers how many rows were kept, and what was wrong with the others. Reading it again changes nothing more. Raises
    RefusedFileError for a file of which nothing can be read.
    """
    rows = list(_rows(name, content))
    numbers = {row.get("number", "").strip() for _, row in rows}
    learners = {str(one.number): one for one in Learner.objects.filter(area=by.area, restricted=False)
                if str(one.number) in numbers}
    kept, problems = 0, []
    for line, row in rows:
        values, wrong = _read(name, line, row, learners)
        problems += wrong
        if not wrong:
            enter_facts(by=by, source=name[:200], **values)
            kept += 1
    return kept, problems


def _rows(name: str, content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if len(content) > MOST_OCTETS:
        raise RefusedFileError([Problem(name, None, "", "", "at most 20 MB", "split the file")])
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        raise RefusedFileError([Problem(name, None, "", "", "UTF-8 text", "save it as CSV in UTF-8")]) from error
    headings = [(heading or "").strip().casefold().replace(" ", "_") for heading in reader.fieldnames or ()]
    if missing := [column for column in COLUMNS[:2] if column not in headings]:
        raise RefusedFileError([Problem(name, 1, column, "", "column present", f"add a column headed {column}")
                                for column in missing])
    for row in reader:
        yield reader.line_num, dict(zip(headings, (value or "" for value in list(row.values())[:len(headings)]), strict=True))


def _read(name: str, line: int, row: dict[str, str], learners: dict[str, Learner]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {"learner": learners.get(row["number"].strip())}
    problems = []
    if values["learner"] is None:
        problems.append(Problem(name, line, "number", row["number"], "learner of the register",
                                "use the number that the register gives somebody of your authority"))
    try:
        values["as_at"] = date.fromisoformat(row["as_at"].strip())
    except ValueError:
        problems.append(Problem(name, line, "as_at", row["as_at"], "a day", "write it as 2026-07-31"))
    if values.get("as_at", date.min) > timezone.localdate():
        problems.append(Problem(name, line, "as_at", row["as_at"], "a day that has come", "give the day the facts are of"))
    for fact in FACTS:
        said = row.get(fact, "").strip()
        try:
            values[fact] = _share(said) if fact in _SHARES else _YES_NO[said.casefold()]
        except (InvalidOperation, KeyError, ValueError):
            right = "a percentage from 0 to 100" if fact in _SHARES else "yes, no or nothing"
            problems.append(Problem(name, line, fact, said, right, f"write {right}"))
    return values, problems


def _share(said: str) -> Decimal | None:
    if not said:
        return None
    share = Decimal(said.removesuffix("%").strip())
    if not (share.is_finite() and 0 <= share <= 100):
        raise ValueError
    return round(share, 1)
