"""When the authority came to know what: late news, first mistakes, and what was confirmed again or never was."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from throughline.analytics.participation.tables import ACTIVITY
from throughline.analytics.synthetic.draws import NEVER, Ints, between, days, stream
from throughline.analytics.synthetic.people import People, World
from throughline.analytics.synthetic.programmes import Programmes
from throughline.analytics.synthetic.stays import Stays
from throughline.analytics.synthetic.traits import as_dates

INTERIM = 810
_MISTAKEN_FOR = {210: 230, 230: 210, 220: 230, 330: 360, 360: 330, 619: 610, 610: 619, 310: 330, 640: 619}
_MOST_CONFIRMED = 14
_MICROSECONDS = 1_000_000
_DAY, _MORNING, _WORKING = 86_400, 8 * 3600, 9 * 3600


@dataclass(frozen=True)
class Beliefs:
    """What was believed, one position a belief. who is a position in the people; confirmed is a day, 0 for none.

    review and ends are days, NEVER for none; to is the moment at which another belief took the place, NEVER for none.
    """

    who: Ints
    code: Ints
    start: Ints
    at: Ints
    ascertained: Ints
    verified: Ints
    review: Ints
    ends: Ints
    known_from: Ints
    known_to: Ints

    def those(self, kept: np.ndarray) -> "Beliefs":
        """Those at some positions."""
        return Beliefs(*(getattr(self, name)[kept] for name in self.__dataclass_fields__))


def draw_beliefs(world: World, people: People, stays: Stays, begun: tuple[Ints, Ints, Ints, Ints], part: int) -> Beliefs:
    """Every belief about what began. begun is in order, as histories.in_order gives it."""
    chance = stream(world.seed, "news", part)
    who, code, start, at = begun
    programmes = Programmes(world, chance)
    next_start = np.append(start[1:], NEVER)
    next_start[np.append(who[1:] != who[:-1], True)] = NEVER
    until = np.minimum(stays.left[who], world.last_day)
    first = _ascertained(world, chance, programmes, code, start)
    late = stays.joined[who] > start
    first = np.where(late, stays.joined[who], first)  # whoever comes brings the news along
    wanted = (start <= until) & (first <= until) & (next_start > stays.joined[who])
    review, ends = programmes.dates(code, start, first, people.year_11[who])
    beliefs = Beliefs(who, code, start, at, first, first, review, ends, _moments(chance, first), np.full(len(who), NEVER))
    interim = _interim(world, people, stays, beliefs, wanted)
    kept = np.flatnonzero(wanted)
    # At school nothing is confirmed beyond year 11, whether or not there is news of what came after.
    at_school = programmes.groups.of(code) == "compulsory"
    until = np.where(at_school, np.minimum(until, days(people.year_11[who] + 1, 8, 31)), until)
    chains = _confirmed(world, chance, programmes, beliefs.those(kept), next_start[kept], until[kept])
    return _in_order([interim, *chains])


def _ascertained(world: World, chance: np.random.Generator, programmes: Programmes, code: Ints, start: Ints) -> Ints:
    """The day on which each was first recorded."""
    rates = world.settings.histories["news"]
    groups = programmes.groups.of(code)
    half = np.select(
        [np.isin(groups, ["education", "training", "reengagement"]), np.isin(groups, ["apprenticeship", "work"]),
         np.isin(groups, ["neet", "custody"]), groups == "not_known"],
        [rates["education"], rates["work"], rates["neet"], rates["not_known"]], 0,
    )
    waited = np.floor(chance.exponential(1, len(code)) * half / np.log(2)).astype(np.int64)
    return start + np.where(np.isin(code, rates["at_once"]), 0, np.minimum(waited, rates["longest"]))


def _moments(chance: np.random.Generator, on: Ints) -> Ints:
    """Seconds since 1970, in the working hours of each day."""
    return on * _DAY + _MORNING + chance.integers(0, _WORKING, len(on))


def _interim(world: World, people: People, stays: Stays, beliefs: Beliefs, wanted: np.ndarray) -> Beliefs:
    """From 1 September until there is news, whoever has left year 11 is not known."""
    september = days(people.year_11 + 1, 9, 1)
    after = np.flatnonzero(beliefs.start >= september[beliefs.who])
    _, firsts = np.unique(beliefs.who[after], return_index=True)
    first = after[firsts]
    who = beliefs.who[first]
    unheard = first[(beliefs.ascertained[first] > september[who] + 29) & (stays.joined[who] < september[who])
                    & (stays.left[who] > september[who]) & (september[who] <= world.last_day)]
    who = beliefs.who[unheard]
    day = september[who]
    none = np.full(len(who), NEVER)
    return Beliefs(who, np.full(len(who), INTERIM), day, np.full(len(who), -1), day, day, none, none, day * _DAY,
                   np.where(wanted[unheard], beliefs.known_from[unheard], NEVER))


def _confirmed(world: World, chance: np.random.Generator, programmes: Programmes, beliefs: Beliefs, next_start: Ints,
               until: Ints) -> list[Beliefs]:
    """The beliefs, each closed by the next: a mistake put right, then one confirmation after another while it goes on."""
    settled: list[Beliefs] = []
    beliefs = _mistaken(world, chance, beliefs, next_start, until, settled)
    limit = np.minimum(next_start - 1, until)
    for _ in range(_MOST_CONFIRMED):
        day, succeeds = programmes.confirmed_again(beliefs.code, beliefs.verified, beliefs.review)
        again = succeeds & (day <= limit) & (day > beliefs.verified)
        settled.append(beliefs.those(np.flatnonzero(~again)))
        going = np.flatnonzero(again)
        if not len(going):
            break
        before, day, limit = beliefs.those(going), day[going], limit[going]
        moment = _moments(chance, day)
        settled.append(replace(before, known_to=moment))
        review, ends = programmes.dates_again(before.code, day, before.review, before.ends)
        beliefs = replace(before, verified=day, review=review, ends=ends, known_from=moment)
    else:
        settled.append(beliefs)
    return settled


def _mistaken(world: World, chance: np.random.Generator, beliefs: Beliefs, next_start: Ints, until: Ints,
              settled: list[Beliefs]) -> Beliefs:
    """The beliefs as put right; what some were first recorded as is added to settled."""
    rates = world.settings.histories["news"]
    low, high = rates["correction_days"]
    day = beliefs.ascertained + between(chance, low, high, len(beliefs.who))
    mistaken = (chance.random(len(beliefs.who)) < rates["corrected"]) & (day <= until) & (day < next_start)
    mistaken &= day <= beliefs.ends
    mistaken &= np.isin(beliefs.code, list(_MISTAKEN_FOR))
    at = np.flatnonzero(mistaken)
    moment = _moments(chance, day[at])
    codes = np.array([_MISTAKEN_FOR[code] for code in beliefs.code[at].tolist()], dtype=np.int64)
    settled.append(replace(beliefs.those(at), code=codes, known_to=moment))
    verified, known_from = beliefs.verified.copy(), beliefs.known_from.copy()
    verified[at], known_from[at] = day[at], moment
    return replace(beliefs, verified=verified, known_from=known_from)


def _in_order(parts: list[Beliefs]) -> Beliefs:
    whole = Beliefs(*(np.concatenate([getattr(part, name) for part in parts]) for name in Beliefs.__dataclass_fields__))
    return whole.those(np.lexsort((whole.known_from, whole.start, whole.who)))


def activity_table(world: World, people: People, beliefs: Beliefs) -> pa.Table:
    """The beliefs as rows of the register."""
    institutions = world.places.institutions
    at, nowhere = pa.array(beliefs.at, mask=beliefs.at < 0), NEVER
    moments = pa.array(beliefs.known_from * _MICROSECONDS, pa.int64()).cast(ACTIVITY.arrow_schema.field("known_from").type)
    ceased = pa.array(beliefs.known_to * _MICROSECONDS, pa.int64(), mask=beliefs.known_to == NEVER)
    return pa.table({
        "learner": pa.array(people.learner[beliefs.who], pa.int32()),
        "code": pa.array(beliefs.code).cast(pa.string()),
        "start": as_dates(beliefs.start),
        "ascertained": as_dates(beliefs.ascertained),
        "verified": as_dates(beliefs.verified),
        "review": as_dates(beliefs.review, beliefs.review >= nowhere),
        "predicted_end": as_dates(beliefs.ends, beliefs.ends >= nowhere),
        "neet_start": pa.nulls(len(beliefs.who), pa.date32()),
        "establishment": pa.array([each.establishment for each in institutions], pa.string()).take(at),
        "provider": pa.array([each.ukprn for each in institutions], pa.string()).take(at),
        "known_from": moments,
        "known_to": ceased.cast(ACTIVITY.arrow_schema.field("known_to").type),
    }, schema=ACTIVITY.arrow_schema)
