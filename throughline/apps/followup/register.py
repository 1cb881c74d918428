"""An authority's register on a day, worked out in bulk and kept in memory for as long as nothing in it changes.

Only tries to reach people are read afresh each time, since they are many and cheap.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from throughline.analytics.participation.activity import Activity as Counted
from throughline.apps.followup import rules as stated
from throughline.apps.followup.models import LoggedContact
from throughline.apps.followup.standing import Contacted, Person, Row, Rules, answered_on, rows
from throughline.apps.learners.codes import codeset, cohort, currency
from throughline.apps.learners.models import Activity, Address, Contact, Learner, Membership, Trait
from throughline.apps.learners.models.membership import IN_COHORT

_KEPT = 4  # authorities, or days, held in memory at once
_PARENTS = (Contact.Who.PARENT, Contact.Who.CARER)
_memory: OrderedDict[tuple[Any, ...], dict[int, Row]] = OrderedDict()
_turn = Lock()


@dataclass(frozen=True)
class Register:
    """Everybody of an authority's cohort on a day, by their number in the database, with what was tried of late."""

    rules: Rules
    rows: dict[int, Row]
    contacted: dict[int, Contacted]

    def tries(self, pk: int) -> Contacted:
        """What was tried of late to reach somebody."""
        return self.contacted.get(pk, Contacted())


def day_rules(day: date) -> Rules:
    """The rules that a day is worked out by."""
    return Rules(day, codeset("activity"), currency().on(day), stated.worklists(day))


def register(area: str, day: date | None = None) -> Register:
    """The register of an authority as believed now, on a day (today)."""
    on = day or timezone.localdate()
    rules, contacted = day_rules(on), _contacted(area, on)
    found = dict(_rows(area, rules))
    for pk, tried in contacted.items():
        if tried.answered and pk in found:
            found[pk] = answered_on(found[pk], tried.answered, rules)
    return Register(rules, found, contacted)


def _rows(area: str, rules: Rules) -> dict[int, Row]:
    key = (area, rules.day, stated.stamp(), _stamp(area))
    with _turn:
        if key in _memory:
            _memory.move_to_end(key)
            return _memory[key]
    found = {row.person.pk: row for row in rows(_people(area, rules.day), rules)}
    with _turn:
        _memory[key] = found
        while len(_memory) > _KEPT:
            _memory.popitem(last=False)
    return found


def _stamp(area: str) -> tuple[Any, ...]:
    """What changes whenever anything that the lists are made of does."""
    sums = {"came": Max("known_from"), "ceased": Max("known_to"), "many": Count("pk")}
    believed = (Activity, Membership, Trait, Address, Contact)
    stamps = [tuple(model.objects.filter(learner__area=area).aggregate(**sums).values()) for model in believed]
    flags = Learner.objects.filter(area=area).aggregate(
        many=Count("pk"), newest=Max("pk"), restricted=Count("pk", filter=Q(restricted=True)))
    return (*stamps, *flags.values())


def _people(area: str, day: date) -> Iterable[Person]:
    """Everybody who belongs to the cohort on a day; six queries, whatever their number."""
    joined = dict(Membership.objects.known().on(day).filter(learner__area=area, status=IN_COHORT)
                  .values_list("learner_id", "starts"))
    traits, homes, ways = _traits(area, day), _homes(area, day), _ways(area, day)
    activities, places = _activities(area)
    vulnerable, tracks = codeset("characteristic").where("vulnerable", "yes"), cohort().on(day).tracks
    learners = Learner.objects.filter(area=area).values_list("pk", "number", "born", "school_at_16", "restricted")
    for pk, number, born, school, restricted in learners:
        if pk not in joined:
            continue
        held, (district, reachable) = traits.get(pk, frozenset()), homes.get(pk, ("", False))
        has, told = ways.get(pk, (frozenset(), None))
        where = places.get(pk, {})
        means = has | ({"address"} if reachable else set()) | ({"provider"} if any(map(any, where.values())) or school else set())
        yield Person(
            pk, number, born, tracks(born, "ehc_plan" in held, day), joined[pk], district, school, restricted,
            bool(held & vulnerable), held, activities.get(pk, ()), where, frozenset(means), told,
        )


def _traits(area: str, day: date) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for pk, trait in Trait.objects.known().on(day).filter(learner__area=area).order_by().values_list("learner_id", "trait"):
        found.setdefault(pk, set()).add(trait)
    return {pk: frozenset(held) for pk, held in found.items()}


def _homes(area: str, day: date) -> dict[int, tuple[str, bool]]:
    """The district of each, and whether a letter would find them."""
    homes = Address.objects.known().on(day).filter(learner__area=area).order_by("starts", "id")
    return {pk: (district, bool(line or postcode))
            for pk, district, line, postcode in homes.values_list("learner_id", "district", "line_1", "postcode")}


def _ways(area: str, day: date) -> dict[int, tuple[frozenset[str], datetime]]:
    """By which means each can be reached, and when we were last told of one."""
    found: dict[int, tuple[frozenset[str], datetime]] = {}
    contacts = Contact.objects.known().on(day).filter(learner__area=area).order_by()
    for pk, who, phone, email, since in contacts.values_list("learner_id", "who", "phone", "email", "known_from"):
        means = {"phone"} if who == Contact.Who.SELF and phone else set()
        means |= {"email"} if who == Contact.Who.SELF and email else set()
        means |= {"parent"} if who in _PARENTS and phone else set()
        had, told = found.get(pk, (frozenset(), since))
        found[pk] = had | means, max(told, since)
    return found


def _activities(area: str) -> tuple[dict[int, list[Counted]], dict[int, dict[date, tuple[str, str, str]]]]:
    activities: dict[int, list[Counted]] = {}
    places: dict[int, dict[date, tuple[str, str, str]]] = {}
    fields = ("learner_id", "code", "start", "ascertained", "verified", "review", "predicted_end", "establishment", "ukprn",
              "establishment_name")
    known = Activity.objects.known().filter(learner__area=area).order_by().values_list(*fields)
    for pk, code, start, ascertained, verified, review, end, *place in known.iterator(chunk_size=5_000):
        activities.setdefault(pk, []).append(Counted(code, start, ascertained, verified, review, end))
        if any(place):
            places.setdefault(pk, {})[start] = tuple(place)
    return activities, places


def _contacted(area: str, day: date) -> dict[int, Contacted]:
    """The last answer of each, with the tries in vain since then. What was corrected does not count."""
    logged = LoggedContact.objects.filter(learner__area=area, corrected_by=None, on__lte=day).order_by("on", "id")
    no_good = {name for name, outcome in stated.outcomes().items() if outcome.means_fail}
    found: dict[int, Contacted] = {}
    for pk, on, at, channel, outcome, answered in logged.values_list("learner_id", "on", "at", "channel", "outcome", "answered"):
        held = found.get(pk, Contacted())
        failed = {**held.failed, channel: at} if outcome in no_good else {
            tried: when for tried, when in held.failed.items() if not (answered and tried == channel)}
        found[pk] = (Contacted(on, {}, failed) if answered else
                     Contacted(held.answered, {**held.tried, channel: held.tried.get(channel, 0) + 1}, failed))
    return found
