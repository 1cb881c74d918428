"""What a row changes of where somebody was in year 11: the school, and its authority where that is not the school's number's."""

from collections.abc import Iterator
from datetime import date

from throughline.analytics.formats.nccis.unsaid import area_of
from throughline.analytics.intake.activities import confirmed_on
from throughline.analytics.intake.held import ACTIVITY, Change, Held, Note
from throughline.analytics.intake.said import Said
from throughline.core.ages import YEAR_11, year_group

SCHOOL, AREA = "school_at_16", "area_at_16"
HELD = "another one is held"


def at_16_changes(said: Said, held: Held, as_at: date) -> Iterator[Change | Note]:
    """The school of year 11 where none is held or the return says that they moved while in that year; and its authority.

    The authority of the school before goes with it. One that a return would write of itself says nothing.
    """
    school, area = held.details[SCHOOL], held.details[AREA]
    moves = bool(school) and said.school_at_16 not in ("", school) and _moved(said, held, as_at)
    yield from _one(SCHOOL, school, said.school_at_16, moves)
    now = said.school_at_16 if moves else school or said.school_at_16
    told = "" if said.area_at_16 == area_of(now, said.area) else said.area_at_16
    if moves and area and not told:
        yield Change(AREA, "replaced", area, "", value="")
    else:
        yield from _one(AREA, area, told, moves)


def another_held(name: str, ours: str, value: str) -> Note:
    """The note on a value that differs from the one that is held."""
    return Note(name, value, HELD, f"we hold {ours}; find out which is right")


def _one(name: str, ours: str, value: str, replaces: bool) -> Iterator[Change | Note]:
    if value in ("", ours):
        return
    if ours and not replaces:
        yield another_held(name, ours, value)
    else:
        yield Change(name, "replaced" if ours else "new", ours, value, value=value)


def _moved(said: Said, held: Held, as_at: date) -> bool:
    """Whether the authority's own return has somebody at another school in year 11, and is no older than what is held."""
    born = said.born or held.details["born"]
    if not (said.whole and said.doing and born and year_group(born, as_at) == YEAR_11):
        return False
    latest = max(held.of(ACTIVITY), key=lambda one: one.day("start"), default=None)
    if latest is None or latest.values.get("establishment") == said.school_at_16:
        return True
    return (said.doing.start or as_at, said.doing.verified) > (latest.day("start"), confirmed_on(latest))
