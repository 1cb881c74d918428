"""Two orders of working a list of young people to be contacted, tried on a simulated month with the same officers' time."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from statistics import mean

from bench.given import ROOT
from bench.report import Section
from throughline.analytics.participation.contacting import Case, Contacting, certainty, load_contacting, next_for

PEOPLE, MINUTES, MONTHS = 1_500, 6_000, 20  # people on the list, officers' minutes a month, months simulated
SEED = 899
_WHYS = ("not_known", "about_to_lapse", "neet_overdue")
_SHARES = (0.5, 0.35, 0.15)
_MEANS = {"phone": 0.8, "email": 0.55, "parent": 0.6, "address": 0.9, "provider": 0.4}


@dataclass(frozen=True)
class Person:
    """Somebody on the list: what the officers see, and how easy they really are to reach, which nobody sees."""

    case: Case
    ease: float


@dataclass
class Month:
    """What a month of work came to: people found, certainty gained in bits, tries made."""

    found: int = 0
    bits: float = 0.0
    tries: int = 0
    by_why: dict[str, int] = field(default_factory=dict)


def people(random: Random, count: int = PEOPLE) -> list[Person]:
    """A list as a month begins; a tenth cannot be reached at all, the rest more or less easily than the rules suppose."""
    listed = []
    for learner in range(count):
        why = random.choices(_WHYS, _SHARES)[0]
        has = frozenset(what for what, share in _MEANS.items() if random.random() < share)
        case = Case(learner, why, random.randint(1, 240), random.betavariate(1.3, 3), random.randint(0, 60), {}, has)
        listed.append(Person(case, 0.0 if random.random() < 0.1 else random.lognormvariate(0, 0.6)))
    return listed


def worked(listed: list[Person], rules: Contacting, order: Callable[[Case, Contacting], tuple], random: Random,
           minutes: float = MINUTES) -> Month:
    """A month's work in an order, which gives whoever comes first the least; each try in vain puts somebody back in it."""
    ease = {person.case.learner: person.ease for person in listed}
    queue = [(order(person.case, rules), person.case.learner, person.case) for person in listed]
    heapq.heapify(queue)
    month = Month()
    while queue and minutes > 0:
        _, learner, case = heapq.heappop(queue)
        trying = next_for(case, rules)
        if trying.channel is None:
            continue
        minutes -= trying.channel.minutes
        month.tries += 1
        if random.random() < min(0.95, trying.chance * ease[learner]):
            month.found += 1
            month.bits += certainty(case, rules)
            month.by_why[case.why] = month.by_why.get(case.why, 0) + 1
            continue
        tried = dict(case.tried or {})
        tried[trying.channel.id] = tried.get(trying.channel.id, 0) + 1
        case = replace(case, tried=tried)
        heapq.heappush(queue, (order(case, rules), learner, case))
    return month


def best_next(case: Case, rules: Contacting) -> tuple:
    """The product's order: what gains most certainty for its time."""
    return -next_for(case, rules).rate, not case.vulnerable, -case.neet_chance, -case.waiting


def oldest_first(case: Case, rules: Contacting) -> tuple:
    """The product's order within a round: whoever has waited longest, the whole list once before anybody is tried again, since
    officers do not ring the same person all day.
    """
    return sum((case.tried or {}).values()), -case.waiting


def section() -> Section:
    """Both orders over the same people and the same luck of the month."""
    rules = load_contacting(ROOT / "definitions")
    orders = {"best next contact": best_next, "oldest first": oldest_first}
    months: dict[str, list[Month]] = {name: [] for name in orders}
    for number in range(MONTHS):
        listed = people(Random(SEED + number))
        for name, order in orders.items():
            months[name].append(worked(listed, rules, order, Random(10 * SEED + number)))
    rows = [
        [name, f"{mean(one.tries for one in done):,.0f}", f"{mean(one.found for one in done):,.0f}",
         f"{mean(one.bits for one in done):,.0f}", *(f"{mean(one.by_why.get(why, 0) for one in done):,.0f}" for why in _WHYS)]
        for name, done in months.items()
    ]
    gains = [best.bits / oldest.bits for best, oldest in zip(*months.values(), strict=True)]
    words = (f"A list of {PEOPLE:,} invented people, {MINUTES:,} minutes of officers' time, {MONTHS} months each begun afresh. "
             "Both orders try the same channel for the same person; how easily anybody is really reached is hidden from both, "
             "and a tenth cannot be reached at all. The chances are the rules' own estimates, so this compares orders and "
             "foretells nothing.")
    found = {name: mean(one.found for one in done) for name, done in months.items()}
    lost = {name: mean(one.by_why.get("not_known", 0) for one in done) for name, done in months.items()}
    best, oldest = orders
    closing = (
        f"Best next contact gains {mean(gains):.2f} times the certainty of oldest first ({min(gains):.2f} to {max(gains):.2f} "
        "over the months). That is what it is made for, and not all that counts: it finds "
        f"{found[best]:,.0f} people to the other's {found[oldest]:,.0f}, and of those not known, who widen the range of NEET, "
        f"{lost[best]:,.0f} to {lost[oldest]:,.0f}."
    )
    columns = ("order", "tries", "people found", "certainty gained, bits", *(why.replace("_", " ") for why in _WHYS))
    return Section("Whom to contact next", words, columns, rows, closing)
