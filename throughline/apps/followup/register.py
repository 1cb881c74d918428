"""An authority's register on a day, worked out in bulk and kept in memory; what has changed since is worked out anew.

Beliefs are never overwritten, so that those that came or ceased since say whose place on the lists may have changed. Tries
to reach people are read afresh each time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from throughline.analytics.participation.activity import Activity as Counted
from throughline.analytics.participation.rules import vulnerable
from throughline.analytics.participation.tables import EHC_PLAN
from throughline.apps.codelists.queries import amended_at
from throughline.apps.followup import rules as stated
from throughline.apps.followup.models import LoggedContact
from throughline.apps.followup.standing import Contacted, Likeness, Person, Row, Rules, answered_on, chances, rows
from throughline.apps.learners.codes import codeset, cohort, currency, restricted_traits
from throughline.apps.learners.models import Activity, Address, Contact, Learner, Membership, Trait
from throughline.apps.learners.sight import homes_protected

_KEPT = 4  # authorities, or days, held in memory at once
_FEW = 900  # learners that are worked out anew by themselves; where more have changed, all are
_PARENTS = (Contact.Who.PARENT, Contact.Who.CARER)
_BELIEFS = (Activity, Membership, Trait, Address, Contact)
_SUMS = {"came": Max("known_from"), "ceased": Max("known_to"), "many": Count("pk"), "over": Count("known_to")}
Basics = tuple[int, date, str, bool, bool]  # number, day of birth, school at 16, restricted, every address protected


@dataclass(frozen=True)
class _Held:
    """What is kept in memory: everybody, and by what it is known whether it still holds."""

    stamps: Mapping[Any, dict[str, Any]]
    basics: Mapping[int, Basics]
    rows: Mapping[int, Row]
    chances: Mapping[Likeness, float]
    worked_out: dict[Hashable, Any] = field(default_factory=dict)


_memory: OrderedDict[tuple[Any, ...], _Held] = OrderedDict()
_turn = Lock()


@dataclass(frozen=True)
class Register:
    """Everybody of an authority's cohort on a day, by their number in the database, with what was tried of late."""

    area: str
    rules: Rules
    rows: Mapping[int, Row]
    contacted: Mapping[int, Contacted]
    chances: Mapping[Likeness, float]
    worked_out: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, work: Callable[[], Any]) -> Any:
        """What work answers of everybody's beliefs, worked out once under its key for as long as they stay as they are.

        Tries to reach people are read afresh, so that nothing that follows from them is kept so.
        """
        if key not in self.worked_out:
            self.worked_out[key] = work()
        return self.worked_out[key]

    def tries(self, pk: int) -> Contacted:
        """What was tried of late to reach somebody."""
        return self.contacted.get(pk, Contacted())


def day_rules(day: date) -> Rules:
    """The rules that a day is worked out by."""
    return Rules(day, codeset("activity"), currency().on(day), stated.worklists(day))


def register(area: str, day: date | None = None) -> Register:
    """The register of an authority as believed now, on a day (today)."""
    on = day or timezone.localdate()
    rules, contacted, held = day_rules(on), _contacted(area, on), _up_to_date(area, on)
    return Register(area, rules, _with_answers(held.rows, contacted, rules), contacted, held.chances, held.worked_out)


def rows_supposed(held: Register) -> Mapping[int, Row]:
    """Everybody of a register as they would stand by the lists and the rules that are asked for now, which nothing keeps."""
    day = held.rules.day
    rules, tracks = day_rules(day), cohort().on(day).tracks
    people = (row.person for row in held.rows.values())
    tracked = [replace(each, tracked=tracks(each.born, EHC_PLAN in each.traits, day)) for each in people]
    return _with_answers({row.person.pk: row for row in rows(tracked, rules)}, held.contacted, rules)


def _with_answers(found: Mapping[int, Row], contacted: Mapping[int, Contacted], rules: Rules) -> Mapping[int, Row]:
    """Rows with the last answer of each taken in."""
    answered = {pk: answered_on(found[pk], tried.answered, rules) for pk, tried in contacted.items()
                if tried.answered and pk in found}
    return {**found, **answered}


def _up_to_date(area: str, day: date) -> _Held:
    key = (area, day, stated.stamp(), amended_at())
    with _turn:
        before = _memory.get(key)
    stamps, basics = {model: model.objects.aggregate(**_SUMS) for model in _BELIEFS}, _basics(area)
    if before and (before.stamps, before.basics) == (stamps, basics):
        return before
    rules, changed = day_rules(day), _changed(before, stamps, basics) if before else None
    if before is None or changed is None:
        found = {row.person.pk: row for row in rows(_people(area, day, basics), rules)}
    else:
        found = {pk: row for pk, row in before.rows.items() if pk not in changed}
        found |= {row.person.pk: row for row in rows(_people(area, day, basics, changed), rules)}
    held = _Held(stamps, basics, found, chances(found.values(), rules.worklists.drawn_by))
    with _turn:
        _memory[key] = held
        _memory.move_to_end(key)
        while len(_memory) > _KEPT:
            _memory.popitem(last=False)
    return held


def _basics(area: str) -> dict[int, Basics]:
    """What is kept of each beside beliefs, and so is read each time."""
    fields = ("pk", "number", "born", "school_at_16", "restricted", "protected_address")
    return {pk: tuple(rest) for pk, *rest in Learner.objects.filter(area=area).order_by().values_list(*fields)}


def _changed(before: _Held, stamps: Mapping[Any, dict[str, Any]], basics: Mapping[int, Basics]) -> set[int] | None:
    """Those of whom a belief came or ceased since, or whose basics differ; None where they are many or cannot be told.

    They can be told when as many beliefs are newer than the newest before as there are more than before: one that was
    written down later with an earlier moment, by somebody who began before, makes the sums differ.
    """
    changed = {pk for pk, held in basics.items() if before.basics.get(pk) != held} | (before.basics.keys() - basics.keys())
    for model, now in stamps.items():
        then = before.stamps[model]
        if now == then:
            continue
        came = _newer(model, "known_from", then["came"], now["many"] - then["many"])
        ceased = _newer(model, "known_to", then["ceased"], now["over"] - then["over"])
        if came is None or ceased is None:
            return None
        changed |= came | ceased
    return changed if len(changed) <= _FEW else None


def _newer(model: Any, field: str, moment: datetime | None, many: int) -> set[int] | None:
    if many < 0:  # some were taken away, with their learners
        return None
    newer = model.objects.filter(**({f"{field}__gt": moment} if moment else {f"{field}__isnull": False})).order_by()
    found = list(newer.values_list("learner_id", flat=True)[:many + 1])
    return set(found) if len(found) == many else None


def _people(area: str, day: date, basics: Mapping[int, Basics], only: set[int] | None = None) -> Iterable[Person]:
    """Those who belong to the cohort on a day, of all or of a few; six queries, whatever their number."""
    of = Q(learner__area=area) if only is None else Q(learner__in=only, learner__area=area)
    joined = dict(Membership.objects.known().in_cohort(day).filter(of).order_by().values_list("learner_id", "starts"))
    traits, homes, ways = _traits(of, day), _homes(of, day), _ways(of, day)
    protected = set(homes_protected(area, day).filter(Q() if only is None else Q(pk__in=only)).values_list("pk", flat=True))
    activities, places = _activities(of)
    # What is restricted makes nobody one of these: with nothing else to be seen of them, it would be told by that alone.
    of_groups, tracks = vulnerable(codeset("characteristic"), day) - restricted_traits(), cohort().on(day).tracks
    nothing: frozenset[str] = frozenset()
    for pk, since in joined.items():
        number, born, school, restricted, _ = basics[pk]
        held, (district, reachable), where = traits.get(pk, nothing), homes.get(pk, ("", False)), places.get(pk, {})
        has, told = ways.get(pk, (nothing, None))
        asked = school or any(map(any, where.values()))
        yield Person(
            pk, number, born, tracks(born, EHC_PLAN in held, day), since, "" if pk in protected else district, school,
            restricted, bool(held & of_groups), held, activities.get(pk, ()), where,
            has | ({"address"} if reachable else nothing) | ({"provider"} if asked else nothing), told, pk in protected,
        )


def _traits(of: Q, day: date) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for pk, trait in Trait.objects.known().on(day).filter(of).order_by().values_list("learner_id", "trait"):
        found[pk] = found.get(pk, frozenset()) | {trait}
    return found


def _homes(of: Q, day: date) -> dict[int, tuple[str, bool]]:
    """The district of each, and whether a letter would find them."""
    homes = Address.objects.known().on(day).filter(of).order_by("starts", "id")
    return {pk: (district, bool(line or postcode))
            for pk, district, line, postcode in homes.values_list("learner_id", "district", "line_1", "postcode")}


def _ways(of: Q, day: date) -> dict[int, tuple[frozenset[str], datetime]]:
    """By which means each can be reached, and when we were last told of one."""
    found: dict[int, tuple[frozenset[str], datetime]] = {}
    contacts = Contact.objects.known().on(day).filter(of).order_by()
    for pk, who, phone, email, since in contacts.values_list("learner_id", "who", "phone", "email", "known_from"):
        means = {"phone"} if who == Contact.Who.SELF and phone else set()
        means |= {"email"} if who == Contact.Who.SELF and email else set()
        means |= {"parent"} if who in _PARENTS and phone else set()
        had, told = found.get(pk, (frozenset(), since))
        found[pk] = had | means, max(told, since)
    return found


def _activities(of: Q) -> tuple[dict[int, list[Counted]], dict[int, dict[date, tuple[str, str, str]]]]:
    activities: dict[int, list[Counted]] = {}
    places: dict[int, dict[date, tuple[str, str, str]]] = {}
    fields = ("learner_id", "code", "start", "last", "review", "predicted_end", "neet_start", "establishment", "ukprn",
              "establishment_name")
    known = Activity.objects.known().filter(of).order_by().annotate(last=Coalesce("verified", "ascertained"))
    for pk, code, start, last, review, end, neet_start, *place in known.values_list(*fields).iterator(chunk_size=5_000):
        activities.setdefault(pk, []).append(Counted(code, start, None, last, review, end, neet_start))
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
