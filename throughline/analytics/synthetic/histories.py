"""What each young person does from September to September: the year's rhythm of starting, leaving and beginning again."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from throughline.analytics.participation.tables import EHC_PLAN
from throughline.analytics.synthetic.draws import NEVER, Ints, between, birthdays, days, stream
from throughline.analytics.synthetic.people import People, World
from throughline.analytics.synthetic.tables import REALITY
from throughline.analytics.synthetic.traits import PARENT, PREGNANT, YOUTH_JUSTICE, Traits, as_dates
from throughline.analytics.synthetic.ways import Ways

NO_ESTABLISHMENT = -1
REGISTERED, AT_HOME, YOUNG_CUSTODY, ADULT_CUSTODY, EXPECTING = 110, 120, 290, 710, 650
_AT_HOME_SHARE = 0.008
_MOST_CHANGES = 4  # within one year
_LAST_YEAR = 9  # year 20: the end of the academic year in which somebody is 24


@dataclass
class Histories:
    """Where everybody stands while the years go by, and everything that began, in no order.

    code, since and at are of one position a learner: the current activity, its first day and institution.
    """

    code: Ints
    since: Ints
    at: Ints
    begun: list[tuple[Ints, Ints, Ints, Ints]] = field(default_factory=list)  # who, code, first day, institution

    def begin(self, who: Ints, code: Ints, start: Ints, at: Ints) -> None:
        """Those of who whose day is later than the start of what they do begin something else."""
        later = start > self.since[who]
        who, code, start, at = who[later], code[later], start[later], at[later]
        self.code[who], self.since[who], self.at[who] = code, start, at
        self.begun.append((who, code, start, at))


def draw_histories(world: World, people: People, traits: Traits, part: int) -> Histories:
    """Everything that the people of a part begin between year 10 and the last day."""
    ways = Ways(world, people, traits, stream(world.seed, "histories", part))
    histories = _at_school(ways)
    for year in range(1, _LAST_YEAR + 1):
        september = days(people.year_11 + year, 9, 1)
        goes_on = (year <= 2) | traits.holds(EHC_PLAN, september)
        who = np.flatnonzero(goes_on & (september <= world.last_day))
        if len(who):
            _september(ways, histories, who, year)
            _within_the_year(ways, histories, who, year)
    return histories


def _at_school(ways: Ways) -> Histories:
    people, count = ways.people, len(ways.people)
    at_home = ways.chance.random(count) < _AT_HOME_SHARE
    code = np.where(at_home, AT_HOME, REGISTERED)
    start = days(people.year_11 - 1, 9, 1) + ways.chance.integers(0, 5, count)
    at = np.where(at_home, NO_ESTABLISHMENT, people.school)
    everybody = np.arange(count)
    return Histories(code.copy(), start.copy(), at.copy(), [(everybody, code, start, at)])


def _september(ways: Ways, histories: Histories, who: Ints, year: int) -> None:
    """Everybody goes on, or begins something else. Whatever began after 1 September already stands."""
    first = days(ways.people.year_11 + year, 9, 1)
    who = who[histories.since[who] < first[who]]
    for group in ways.groups.names:
        of_group = who[ways.groups.of(histories.code[who]) == group]
        table = ways.histories["september"].get(group)
        if table is None or not len(of_group):
            continue
        codes = ways.next_codes(table, of_group, year, first[of_group])
        goes = codes > 0
        moving, codes = of_group[goes], codes[goes]
        _begin(ways, histories, moving, codes, first[moving] + ways.days_into_september(codes))


def _within_the_year(ways: Ways, histories: Histories, who: Ints, year: int) -> None:
    """Up to four changes before the next September, custody among the first."""
    first, last = days(ways.people.year_11 + year, 9, 1), days(ways.people.year_11 + year + 1, 8, 31)
    _custody(ways, histories, who, first, last)
    changing = who
    for turn in range(_MOST_CHANGES):
        changed = []
        for group, table in ways.histories["in_year"].items():
            of_group = changing[ways.groups.of(histories.code[changing]) == group]
            if not len(of_group):
                continue
            changes = ways.chance.random(len(of_group)) < ways.share_changing(group, table, of_group, year)
            if turn == 0:
                when = ways.day_of_year(table["months"], first[of_group])
            else:
                when = histories.since[of_group] + ways.wait(group, len(of_group))
            ready = changes & (when > histories.since[of_group] + 14) & (when <= last[of_group])
            moving, when = of_group[ready], when[ready]
            if len(moving):
                _begin(ways, histories, moving, ways.next_codes(table, moving, year, when), when)
                changed.append(moving)
        if not changed:
            return
        changing = np.unique(np.concatenate(changed))


def _custody(ways: Ways, histories: Histories, who: Ints, first: Ints, last: Ints) -> None:
    """Some of those supervised by the youth offending team are sentenced; from 18 on that counts apart."""
    rule = ways.histories["custody"]
    known = who[ways.traits.has(YOUTH_JUSTICE)[who]]
    sentenced = known[ways.chance.random(len(known)) < rule["share"]]
    when = between(ways.chance, first[sentenced] + 14, last[sentenced], len(sentenced))
    grown = when >= birthdays(ways.people.born, 18)[sentenced]
    histories.begin(sentenced, np.where(grown, ADULT_CUSTODY, YOUNG_CUSTODY), when,
                    np.full(len(sentenced), NO_ESTABLISHMENT))


def _begin(ways: Ways, histories: Histories, who: Ints, codes: Ints, when: Ints) -> None:
    histories.begin(who, codes, when, ways.institutions(who, codes))
    expecting = codes == EXPECTING
    if expecting.any():
        _children_are_born(ways, histories, who[expecting], when[expecting])
    agreed = np.isin(codes, ways.agreed)
    if agreed.any():
        _agreed_starts_come(ways, histories, who[agreed], when[agreed])


def _children_are_born(ways: Ways, histories: Histories, who: Ints, since: Ints) -> None:
    """Whoever is not available while pregnant is a parent caring for her child from its birth on."""
    born = since + between(ways.chance, 70, 190, len(who))
    traits = ways.traits
    traits.starts[PREGNANT][who], traits.ends[PREGNANT][who] = since - 60, born
    traits.starts[PARENT][who] = np.minimum(traits.starts[PARENT][who], born)
    traits.ends[PARENT][who] = NEVER
    histories.begin(who, np.full(len(who), 630), born, np.full(len(who), NO_ESTABLISHMENT))


def _agreed_starts_come(ways: Ways, histories: Histories, who: Ints, since: Ints) -> None:
    """What was agreed begins within weeks, or comes to nothing."""
    table = ways.histories["agreed"]
    low, high = table["weeks"]
    when = since + between(ways.chance, 7 * low, 7 * high, len(who))
    codes = ways.plain_codes(table, len(who))
    histories.begin(who, codes, when, ways.institutions(who, codes))


def in_order(histories: Histories, until: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Everything that began by a day, learner by learner and day by day: who, code, first day, institution."""
    who, code, start, at = (np.concatenate(column) for column in zip(*histories.begun, strict=True))
    kept = np.flatnonzero(start <= until)
    order = kept[np.lexsort((start[kept], who[kept]))]
    return who[order], code[order], start[order], at[order]


def reality(world: World, people: People, traits: Traits, begun: tuple[Ints, Ints, Ints, Ints], part: int) -> pa.Table:
    """What everybody really does, as rows: those not known do something too."""
    who, code, start, at = begun
    ways = Ways(world, people, traits, stream(world.seed, "hidden", part))
    hidden = np.flatnonzero(ways.groups.of(code) == "not_known")
    code, at = code.copy(), at.copy()
    code[hidden] = ways.plain_codes(ways.histories["hidden"], len(hidden))
    at[hidden] = ways.institutions(who[hidden], code[hidden])
    places = pa.array(at, mask=at < 0)
    return pa.table({
        "learner": pa.array(people.learner[who], pa.int32()),
        "code": pa.array(code).cast(pa.string()),
        "start": as_dates(start),
        "establishment": pa.array([each.establishment for each in world.places.institutions], pa.string()).take(places),
        "provider": pa.array([each.ukprn for each in world.places.institutions], pa.string()).take(places),
    }, schema=REALITY.arrow_schema)
