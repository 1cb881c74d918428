"""What the tests of intake share: somebody as they are held, and rows that say things of them, in few words."""

from datetime import date
from typing import Any

from throughline.analytics.intake.held import ACTIVITY, ADDRESS, IDENTIFIER, MEMBERSHIP, NAME, UNKNOWN, Belief, Held
from throughline.analytics.intake.rules import Rules
from throughline.analytics.intake.said import Doing, Said
from throughline.analytics.participation.cohort import Edition

RULES = Rules(date(2016, 9, 1), 31, 90, frozenset({"159"}),
              (frozenset({"210", "220"}), frozenset({"220", "230"})), frozenset({"210", "220", "230", "410"}),
              {"activity": frozenset({"810", "820", "830"}), "leaving_reason": frozenset({"98"}),
               "intended_next": frozenset({"611"})},
              frozenset({"110", "210", "220", "230", "310"}), frozenset({"810"}), frozenset({"110"}),
              Edition(date(2016, 9, 1), "high", (16, 17), (18, 24), 15, (16, 17)))
BORN = date(2009, 11, 5)


def day(printed: str) -> date | None:
    """A day as the tables write it: 1/9/26."""
    if not printed:
        return None
    d, m, y = map(int, printed.split("/"))
    return date(2000 + y, m, d)


def activity(code: str, start: str, verified: str = "", place: str = "", ascertained: str = "", key: int | None = None) -> Belief:
    """An activity that is held."""
    values = {"code": code, "start": day(start), "ascertained": day(ascertained), "verified": day(verified), "review": None,
              "predicted_end": None, "establishment": place, "establishment_name": "", "ukprn": ""}
    return Belief(ACTIVITY, values, key)


def doing(code: str, start: str, verified: str, place: str = "", **more: Any) -> Doing:
    """An activity as a row reports it."""
    return Doing(code, day(verified), day(start), establishment=place, **more)


def ade(*activities: Belief, **more: Any) -> Held:
    """Ade O'Brien, held since the first of September 2025 at 12 High Street."""
    since = {"starts": date(2025, 9, 1), "ends": None}
    beliefs = (
        Belief(NAME, {"kind": "legal", "given": "Ade", "middle": "", "family": "O'Brien", **since}, 1),
        Belief(MEMBERSHIP, {"status": "P", "transferred_to": "", **since}, 2),
        Belief(ADDRESS, {"line_1": "12 High Street", "town": "Saltmere", "postcode": "ZZ1 1AA", "district": "",
                         "protected": False, **since}, 3),
        Belief(IDENTIFIER, {"scheme": "uln", "value": "9276308686", **since}, 4),
    )
    return Held({**UNKNOWN, "born": BORN, "gender": "F"}, (*beliefs, *activities), **more)


def row(**said: Any) -> Said:
    """What a row says of Ade."""
    return Said(**{"given": "Ade", "family": "O'Brien", "born": BORN, **said})
