"""Some hundred invented young people, the same each time, with histories of every sort, as rows of the register's tables."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

import pyarrow as pa

from throughline.analytics.participation.tables import REGISTER

ENDS = (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31))
KNOWN = datetime(2027, 4, 5, 9, tzinfo=UTC)
CODES = ("230", "210", "230", "310", "330", "530", "619", "619", "640", "810", "260", "410", "710", "110")


def invented(count: int, seed: int = 1, codes: Sequence[str] = CODES) -> list[dict]:
    """So many people: learner is a row, membership, trait, home and activity are lists of rows.

    Each of codes is as likely as any other to be what they do.
    """
    draw = Random(seed)
    return [_person(number, draw, codes) for number in range(count)]


def tables_of(people: Sequence[dict]) -> dict[str, pa.Table]:
    """The five tables by name."""
    return {
        table.name: table.from_rows([row for person in people for row in _rows(person[table.name])]) for table in REGISTER
    }


def _rows(held: dict | list[dict]) -> list[dict]:
    return [held] if isinstance(held, dict) else held


def _person(number: int, draw: Random, codes: Sequence[str]) -> dict:
    def day(earliest: date, days: int) -> date:
        return earliest + timedelta(draw.randrange(days))

    def span(**facts: str | None) -> dict:
        ends = day(date(2026, 11, 1), 150) if draw.random() < 0.15 else None
        return {"learner": number, "starts": day(date(2025, 9, 1), 500), "ends": ends, **facts}

    return {
        "learner": {"learner": number, "born": day(date(2008, 6, 1), 900), "gender": draw.choice("FFMMMU"),
                    "ethnic_group": draw.choice(["WBRI", "WBRI", "WBRI", "AIND", "BAFR", "NOBT"]),
                    "school_at_16": draw.choice(["8994001", "8994002", "8994003", None])},
        "membership": [{**span(area=draw.choice(["899", "899", "899", "301"]), status=draw.choice("PPPPG")),
                        "starts": date(2025, 9, 1)}],
        "trait": [span(trait=trait) for trait in ("ehc_plan", "sen_support", "110", "170", "120", "190") if draw.random() < 0.12],
        "home": [span(district=draw.choice(["E07999901", "E07999902", None]))],
        "activity": [_activity(number, draw, codes, day(date(2025, 9, 1), 550)) for _ in range(draw.randrange(5))],
    }


def _activity(number: int, draw: Random, codes: Sequence[str], start: date) -> dict:
    def later(days: int) -> date | None:
        return start + timedelta(draw.randrange(days)) if draw.random() < 0.6 else None

    known = datetime.combine(start + timedelta(draw.randrange(60)), datetime.min.time(), UTC)
    return {
        "learner": number, "code": draw.choice(codes), "start": start, "ascertained": start, "verified": later(200),
        "review": later(300), "predicted_end": later(600),
        "neet_start": start - timedelta(draw.randrange(200)) if draw.random() < 0.3 else None,
        "establishment": draw.choice(["8994001", "8998001", None]),
        "provider": draw.choice(["10000001", None]), "known_from": known,
        "known_to": known + timedelta(draw.randrange(200)) if draw.random() < 0.1 else None,
    }
