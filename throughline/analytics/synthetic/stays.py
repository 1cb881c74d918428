"""Between which days the authority leads on whom: those who come, those who go, and those who reach the upper age."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from throughline.analytics.participation.tables import EHC_PLAN, HOME, MEMBERSHIP
from throughline.analytics.synthetic.draws import NEVER, Ints, academic_years, days, month_ends, pick, stream
from throughline.analytics.synthetic.people import People, World
from throughline.analytics.synthetic.traits import Traits, as_dates

PRIMARY, TOO_OLD, TRANSFERRED, LEFT_ENGLAND, DIED = "P", "A", "T", "E", "D"
_LEAST_STAY = 90  # days
_UNSETTLED = 35  # days about the beginning of the academic year
_UPPER_YEARS, _UPPER_YEARS_WITH_PLAN = 3, 10  # after year 11: to the August of academic age 17, and of 24


@dataclass(frozen=True)
class Stays:
    """First and last day of each learner's stay, which may be after the last day known, and as what each left.

    to is the authority somebody moved to; elsewhere its position in areas, where the register is of several.
    """

    joined: Ints
    left: Ints
    status: np.ndarray
    to: np.ndarray
    elsewhere: Ints


def draw_stays(world: World, people: People, traits: Traits, part: int) -> Stays:
    """The stays of a part of the register."""
    chance = stream(world.seed, "stays", part)
    rates, count, last = world.settings.people["moves"], len(people), world.last_day
    start = days(people.year_11 - 1, 9, 1)
    grown = days(people.year_11 + _UPPER_YEARS, 8, 31)
    oldest = days(people.year_11 + _UPPER_YEARS_WITH_PLAN, 8, 31)
    left = np.where(traits.holds(EHC_PLAN, grown + 1), np.minimum(traits.ends[EHC_PLAN], oldest), grown)
    status = np.full(count, TOO_OLD, dtype="U1")
    middle = np.minimum(grown, last) - _LEAST_STAY
    moves = chance.random(count)
    drawn = start + 30 + np.floor(chance.random(count) * np.maximum(middle - start - 30, 1)).astype(np.int64)
    possible = middle > start + 30
    alone = len(world.areas) == 1
    joins = possible & (moves < rates["into"]) & alone
    goes = possible & (moves >= rates["into"]) & (moves < rates["into"] + rates["out"])
    dies = possible & (moves > 1 - rates["died"])
    abroad = goes & (chance.random(count) < rates["left_england"]) & alone
    status[goes & alone], status[abroad], status[dies] = TRANSFERRED, LEFT_ENGLAND, DIED
    to = np.array(rates["to"])[chance.integers(len(rates["to"]), size=count)]
    return Stays(
        joined=np.where(joins, drawn, start),
        left=np.where(dies | (goes & alone), _not_in_september(drawn), left),
        status=status,
        to=np.where(goes & ~abroad & alone, to, ""),
        elsewhere=np.where(goes & (not alone), pick(chance, np.ones(len(world.areas)), count), -1),
    )


def _not_in_september(left: Ints) -> Ints:
    """Days of leaving, moved away from the weeks about 1 September, when it is not yet known what anybody does."""
    into = left - days(academic_years(left), 9, 1)
    return np.select([into < _UNSETTLED, into > 364 - _UNSETTLED], [left + _UNSETTLED, left - _UNSETTLED], left)


def membership_table(world: World, people: People, stays: Stays, part: int) -> pa.Table:
    """The memberships as rows: a leaver's status for the rest of the month in which somebody left."""
    last, areas = world.last_day, pa.array(world.areas)
    moved = np.flatnonzero(stays.elsewhere >= 0)
    chance = stream(world.seed, "moves between", part)
    middle = stays.joined + 60 + (chance.random(len(people)) * np.maximum(np.minimum(stays.left, last) - stays.joined - 120, 1)
                                  ).astype(np.int64)
    ends = stays.left.copy()
    ends[moved] = middle[moved]
    here = people.area
    everybody = np.arange(len(people))
    at_last = np.where(stays.elsewhere >= 0, stays.elsewhere, here)
    gone = np.flatnonzero(stays.left < last)
    parts = [
        _rows(people, areas, everybody, here, PRIMARY, stays.joined, ends, last),
        _rows(people, areas, moved, stays.elsewhere[moved], PRIMARY, middle[moved] + 1, stays.left[moved], last),
    ]
    for status in (TOO_OLD, TRANSFERRED, LEFT_ENGLAND, DIED):
        who = gone[stays.status[gone] == status]
        parts.append(_rows(people, areas, who, at_last[who], status, stays.left[who] + 1, month_ends(stays.left[who] + 1), last))
    return pa.concat_tables(parts).sort_by([("learner", "ascending"), ("starts", "ascending")])


def _rows(people: People, areas: pa.Array, who: Ints, area: Ints, status: str, starts: Ints, ends: Ints, last: int) -> pa.Table:
    """Rows of one status; what ends after the last day has no end yet."""
    return pa.table({
        "learner": pa.array(people.learner[who], pa.int32()),
        "area": areas.take(pa.array(area)),
        "status": pa.array([status] * len(who), pa.string()),
        "starts": as_dates(starts),
        "ends": as_dates(ends, ends >= last),
    }, schema=MEMBERSHIP.arrow_schema)


def home_table(world: World, people: People) -> pa.Table:
    """The homes as rows: where each lived before and after the last move."""
    last = world.last_day
    start = days(people.year_11 - 1, 9, 1)
    districts = pa.array(world.places.districts)
    moved = np.flatnonzero(people.moved <= last)
    first = pa.table({
        "learner": pa.array(people.learner, pa.int32()),
        "district": districts.take(pa.array(people.former_home)),
        "starts": as_dates(start),
        "ends": as_dates(people.moved - 1, people.moved > last),
    }, schema=HOME.arrow_schema)
    second = pa.table({
        "learner": pa.array(people.learner[moved], pa.int32()),
        "district": districts.take(pa.array(people.home[moved])),
        "starts": as_dates(people.moved[moved]),
        "ends": as_dates(np.full(len(moved), NEVER), np.full(len(moved), True)),
    }, schema=HOME.arrow_schema)
    return pa.concat_tables([first, second]).sort_by([("learner", "ascending"), ("starts", "ascending")])
