"""An authority's register at a month end as the records of the department's return."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from throughline.analytics.formats.nccis.record import Record
from throughline.analytics.formats.nccis.unsaid import NO_ADDRESS, NO_ESTABLISHMENT, area_of
from throughline.analytics.participation.activity import Activity as Counted
from throughline.analytics.participation.codesets import CodeSet
from throughline.analytics.participation.cohort import UPPER_AGE, Cohort
from throughline.analytics.participation.currency import Edition as CurrencyEdition
from throughline.analytics.participation.identifiers import in_own_digits
from throughline.analytics.participation.standing import current, neet_since
from throughline.analytics.participation.tables import EHC_PLAN, SEN_SUPPORT
from throughline.apps.learners.codes import codeset, cohort, currency
from throughline.apps.learners.confirmed import Days, by_the_end, confirmed_before
from throughline.apps.learners.identified import Identified, Returned
from throughline.apps.learners.models import (
    Activity,
    Address,
    Fact,
    GuaranteeStatus,
    Identifier,
    Learner,
    LevelOfNeed,
    Membership,
    Name,
    Particulars,
    Trait,
)
from throughline.apps.learners.models.address import NO_POSTCODE
from throughline.apps.learners.models.membership import IN_COHORT
from throughline.apps.learners.places import school_names
from throughline.apps.learners.return_rules import codes, editions
from throughline.core.ages import FIRST_MONTH, YEAR_11, academic_age, year_group
from throughline.core.periods import month_before

_OF_PARTICULARS = ("learner_id", "born", "gender", "ethnic_group", "school_at_16", "area_at_16", "intended_destination")
_BLOCK_WANTED = "guarantee_unsaid"  # the predicate of the rules that want a block of the guarantee for a year group


@dataclass(frozen=True)
class _Month:
    """What every record of a month shares."""

    area: str
    end: date
    cohort: Cohort
    currency: CurrencyEdition
    codes: CodeSet
    blocks: Mapping[int, str]
    authorities: Collection[str]
    characteristics: frozenset[str]
    leaving: frozenset[str]
    reported: Mapping[str, Collection[date]]

    @property
    def earlier(self) -> Iterator[date]:
        """The month ends before it, the latest first, to the one before its academic year began."""
        end = month_before(self.end)
        while end.month != FIRST_MONTH - 1:
            yield end
            end = month_before(end)
        yield end


def records(
    area: str, month_end: date, known: datetime | None = None, only: Collection[int] | None = None,
    reported: Mapping[str, Collection[date]] = MappingProxyType({}), identified: Identified | None = None,
) -> Iterator[Record]:
    """Everybody an authority returns for a month, by number.

    Those are whoever is of an age to be tracked, the last year of compulsory schooling, those held for the September
    Guarantee alone, and whoever left, or has grown out of what is tracked since the academic year began, and is returned as a
    leaver in no other month: reported has the last days of those in which each is, by their number. known is the moment as of
    which the register is asked; now without it. only are a few learners, by their numbers in the database, whose records
    alone are asked for. identified says afterwards which learner an identifier of theirs is.
    """
    asked = Learner.objects.filter(area=area, **({} if only is None else {"pk__in": only}))
    composed = composed_of(area, month_end, known, only, reported, identified)
    for key, protected, number in asked.order_by("number").values_list("pk", "protected_address", "number").iterator():
        record = composed.record(_Asked(key, protected, in_own_digits(number)))
        if record is not None:
            yield record


class _Asked(NamedTuple):
    """A learner as Returned has it: of a whole authority, making the model of each takes three times as long."""

    pk: int
    protected_address: bool
    return_number: str


def composed_of(
    area: str, month_end: date, known: datetime | None = None, only: Collection[int] | None = None,
    reported: Mapping[str, Collection[date]] = MappingProxyType({}), identified: Identified | None = None,
) -> "Composed":
    """What composes the records of an authority's learners for a month, of all or of a few, from the register."""
    return Composed(area, month_end, _Register(area, month_end, known, only), identified or Identified(area, known, only),
                    reported)


class Named(Protocol):
    """How the return names learners, as Identified says of the register."""

    def identifier(self, learner: Returned) -> str:
        """A learner's YoungPersonsID."""

    def previous(self, learner: Returned, written: str) -> str:
        """The identifier that was brought for a learner, where another one is written; empty otherwise."""


class Believed(Protocol):
    """What is believed of some learners at a month end, whoever holds it: the register, or a file that is not accepted yet."""

    def particulars(self) -> Iterable[Any]:
        """What is kept once of each: rows that have _OF_PARTICULARS."""

    def rows(self, model: type[Fact], *names: str, **only: Any) -> Iterable[tuple[Any, ...]]:
        """The learner's number in the database and these fields, of what holds at the month end, in the order in which it began;
        only are values that fields have. Of activities it is all that had begun, of whoever has a membership then at least.
        """

    def rejoined(self) -> Iterable[tuple[int, date]]:
        """When learners come back to the cohort after the month end, the first such day of each last."""

    def plans(self) -> Iterable[tuple[int, date, date | None]]:
        """The first and last days of every EHC plan."""

    def confirmed_before(self) -> Iterable[tuple[int, date, Days]]:
        """Of activities that were confirmed after the month end: the learner, the start, and the days of the last belief before
        that by which it was confirmed no later.
        """


class Composed:
    """Records of an authority's return of a month, composed of what is believed of learners."""

    def __init__(self, area: str, month_end: date, believed: Believed, named: Named,
                 reported: Mapping[str, Collection[date]] = MappingProxyType({})) -> None:
        self._month = _month(area, month_end, reported)
        self._held, self._named = _Held(believed, month_end), named

    def by_rules_of_now(self) -> "Composed":
        """The same of what is believed, composed by the lists and the rules as they are asked for now."""
        anew = copy(self)
        anew._month = _month(self._month.area, self._month.end, self._month.reported)
        return anew

    def record(self, learner: Returned) -> Record | None:
        """A learner's record; None for whoever the month does not return."""
        return _record(learner, self._held, self._month, self._named)


def _month(area: str, end: date, reported: Mapping[str, Collection[date]]) -> _Month:
    return _Month(
        area, end, cohort(), currency().on(end), codeset("activity"), _blocks(end), codes().authorities(end, pseudo=False),
        codeset("characteristic").usable(end), codeset("cohort_status").where(end, "leaver", "yes"), reported,
    )


def _blocks(end: date) -> dict[int, str]:
    """The block of the September Guarantee that the month's rules want for each year group: in September the groups move up, the
    blocks do not.
    """
    wanted = [rule.given for rule in editions().on(end).rules if rule.predicate == _BLOCK_WANTED]
    return {given["year_in_summer" if given["from_month"] <= end.month < given["to_month"] else "year_in_winter"]:
            f"year_{given['block']}" for given in wanted}


class _Register:
    """What the register believed of an authority's learners at a moment, read in one question a kind; only are some of them."""

    def __init__(self, area: str, end: date, known: datetime | None, only: Collection[int] | None) -> None:
        self._area, self._end, self._known = area, end, known
        self._whose: dict[str, Any] = {"learner__area": area} if only is None else {"learner__in": only}

    def _of(self, model: Any, **only: Any) -> Any:
        ours = {"area": self._area} if model is Membership else {}
        return model.objects.filter(**self._whose, **ours, **only).known(self._known)

    def particulars(self) -> Iterable[Any]:
        return self._of(Particulars).values_list(*_OF_PARTICULARS, named=True).iterator()

    def rows(self, model: type[Fact], *names: str, **only: Any) -> Iterable[tuple[Any, ...]]:
        found = self._of(model, **only)
        if model is Activity:
            found = found.filter(start__lte=self._end, learner__in=self._of(Membership).on(self._end).values("learner"))
        else:
            found = found.on(self._end).order_by("starts", "id")
        return found.values_list("learner_id", *names).iterator()

    def rejoined(self) -> Iterable[tuple[int, date]]:
        later = self._of(Membership, status=IN_COHORT, starts__gt=self._end)
        return later.order_by("-starts", "-id").values_list("learner_id", "starts")

    def plans(self) -> Iterable[tuple[int, date, date | None]]:
        return self._of(Trait, trait=EHC_PLAN).values_list("learner_id", "starts", "ends").iterator()

    def confirmed_before(self) -> Iterator[tuple[int, date, Days]]:
        return confirmed_before(self._whose, self._end, self._known)


class _Member(NamedTuple):
    status: str
    transferred_to: str
    starts: date


class _Held:
    """What is believed of learners, by the register's number. What is read row by row is kept of those with a membership alone,
    since nobody else is returned.
    """

    def __init__(self, believed: Believed, end: date) -> None:
        def latest(model: type[Fact], *names: str, **only: Any) -> dict[int, dict[str, Any]]:
            return {learner: dict(zip(names, values, strict=True))
                    for learner, *values in believed.rows(model, *names, **only) if learner in self.memberships}

        self.rejoined = dict(believed.rejoined())  # the first day after the month on which they came back
        said = believed.rows(Membership, "status", "transferred_to", "starts")
        self.memberships = {learner: _Member(*values) for learner, *values in said}
        self.particulars = {said.learner_id: said for said in believed.particulars()}
        self.names = latest(Name, "given", "middle", "family", kind=Name.Kind.LEGAL)
        self.addresses = latest(Address, "line_1", "line_2", "line_3", "line_4", "town", "county", "postcode", "protected")
        self.needs = {learner: row["level"] for learner, row in latest(LevelOfNeed, "level").items()}
        self.identifiers = {
            scheme: {learner: row["value"] for learner, row in latest(Identifier, "value", scheme=scheme).items()}
            for scheme in (Identifier.Scheme.UPN, Identifier.Scheme.ULN, Identifier.Scheme.PREVIOUS_YOUNG_PERSONS_ID)
        }
        self.traits: dict[int, set[str]] = defaultdict(set)
        for learner, trait in believed.rows(Trait, "trait"):
            self.traits[learner].add(trait)
        self.plans = _spans(believed.plans())
        self.guarantees: dict[tuple[int, str], tuple[str, str]] = {
            (learner, block): (code, whose)
            for learner, block, code, whose in believed.rows(GuaranteeStatus, "block", "code", "area")
        }
        self.activities: dict[int, list[Counted]] = defaultdict(list)
        self.places: dict[tuple[int, date], tuple[str, str, str, str]] = {}
        for learner, establishment, name, ukprn, area, *days in believed.rows(
            Activity, "establishment", "establishment_name", "ukprn", "educated_in", "code", "start", "ascertained",
            "verified", "review", "predicted_end", "neet_start",
        ):
            if days[1] > end or learner not in self.memberships:
                continue
            self.activities[learner].append(Counted(*days))
            self.places[learner, days[1]] = (establishment, name, ukprn, area)
        self.before = {(learner, start): days for learner, start, days in believed.confirmed_before()}
        # What the directory calls a place of which nobody has said a name.
        self.called = school_names(place or ukprn for place, name, ukprn, _ in self.places.values() if not name)


def _spans(held: Iterable[tuple[int, date, date | None]]) -> dict[int, list[tuple[date, date]]]:
    """The first and last days of what each learner has, by the register's number."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for learner, starts, ends in held:
        found[learner].append((starts, ends or date.max))
    return found


def _record(learner: Returned, held: _Held, month: _Month, named: Named) -> Record | None:
    membership = held.memberships.get(learner.pk)
    said = held.particulars.get(learner.pk)
    if membership is None or said is None:
        return None
    traits = held.traits.get(learner.pk, set())
    status, left = _leaving(membership, said.born, held.plans.get(learner.pk, ()), month)
    if not status or (left and _is_reported(learner, left, held, month)):
        return None
    group = year_group(said.born, month.end)
    identifier = named.identifier(learner)
    return Record(
        young_persons_id=identifier,
        cohort_status=status,
        **_named(held.names.get(learner.pk)),
        **_addressed(learner, held.addresses.get(learner.pk)),
        gender=said.gender,
        dob=said.born.isoformat(),
        ethnicity=said.ethnic_group,
        lead_lea=month.area,
        transferred_to=membership.transferred_to if status == "T" else "",
        lea_at_year_11=said.area_at_16 or area_of(said.school_at_16, month.area),
        unique_learner_no=held.identifiers["uln"].get(learner.pk, ""),
        unique_pupil_number=held.identifiers["upn"].get(learner.pk, ""),
        previous_id=named.previous(learner, identifier) or held.identifiers["previous_young_persons_id"].get(learner.pk, ""),
        level_of_need=held.needs.get(learner.pk, ""),
        send_flag="Y" if EHC_PLAN in traits else "N",
        sen_support_flag="Y" if SEN_SUPPORT in traits and EHC_PLAN not in traits else "N",
        characteristics=tuple(sorted(traits & month.characteristics)),
        intended_destination=said.intended_destination if group == YEAR_11 else "",
        **_guaranteed(learner.pk, group, status, held, month),
        **_doing(learner, held, month),
    )


def _leaving(
    membership: _Member, born: date, plans: Collection[tuple[date, date]], month: _Month,
) -> tuple[str, date | None]:
    """The status that somebody is returned with, empty for whoever is not returned, and the day on which they left, if they did.

    Whoever grew out of what is tracked left then, whatever is said of them later.
    """
    status, since = membership.status, membership.starts
    if status == IN_COHORT and _is_returned(born, plans, month):
        return status, None
    grown = _grown_up_on(born, plans, month)
    if status == IN_COHORT:
        return (UPPER_AGE, grown) if grown and since < grown else ("", None)
    return status, min(since, grown or since) if status in month.leaving else None


def _grown_up_on(born: date, plans: Collection[tuple[date, date]], month: _Month) -> date | None:
    """The day after the last month end at which somebody was of an age to be tracked, where they are no longer.

    None where that was before the month end on which the last academic year ended.
    """
    if _is_tracked(born, plans, month.end, month):
        return None
    last = next((end for end in month.earlier if _is_tracked(born, plans, end, month)), None)
    return last + timedelta(days=1) if last else None


def _is_tracked(born: date, plans: Collection[tuple[date, date]], on: date, month: _Month) -> bool:
    return month.cohort.on(on).tracks(born, any(first <= on <= last for first, last in plans), on)


def _is_reported(learner: Returned, left: date, held: _Held, month: _Month) -> bool:
    """Whether another month tells that somebody left on a day: one that ends on or after it, and before they came back."""
    back = held.rejoined.get(learner.pk, date.max)
    return any(left <= end < back for end in month.reported.get(learner.return_number, ()))


def _is_returned(born: date, plans: Collection[tuple[date, date]], month: _Month) -> bool:
    year_11 = month.cohort.on(month.end).year_11_age
    return academic_age(born, month.end) == year_11 or _is_tracked(born, plans, month.end, month)


def _named(name: Mapping[str, Any] | None) -> dict[str, str]:
    if name is None:
        return {}
    return {"given_name": name["given"], "middle_name": name["middle"], "family_name": name["family"]}


def _addressed(learner: Returned, address: Mapping[str, Any] | None) -> dict[str, str]:
    """The address, unless it is protected: it leaves the authority in no file."""
    if learner.protected_address or (address and address["protected"]):
        return {"address_line_1": NO_ADDRESS, "postcode": NO_POSTCODE}
    if address is None:
        return {}
    lines = {f"address_line_{number}": address[f"line_{number}"] for number in range(1, 5)}
    return {**lines, "town": address["town"], "county": address["county"], "postcode": address["postcode"]}


def _guaranteed(learner: int, group: int, status: str, held: _Held, month: _Month) -> dict[str, str]:
    block = month.blocks.get(group)
    if block is None or (learner, block) not in held.guarantees:
        return {"guarantee_indicator": "N"}
    code, area = held.guarantees[learner, block]
    return {"guarantee_indicator": "Y", f"{block}_status": code, f"{block}_lea": area}


def _doing(learner: Returned, held: _Held, month: _Month) -> dict[str, str]:
    """The activity of the month end with its days; lapsed as the rules of the month have it."""
    activities = held.activities.get(learner.pk, [])
    activity = current(activities, month.end)
    if activity is None:
        return {"educated_lea": month.area}
    since = neet_since(activities, month.end, month.codes)
    establishment, name, ukprn, area = held.places[learner.pk, activity.start]
    educated = area or area_of(establishment, month.area)
    # A number begins with an authority of England: of a place beyond it stands ours, and EducatedLEA says where it is.
    number = establishment or (educated if educated in month.authorities else month.area) + NO_ESTABLISHMENT
    activity = by_the_end(activity, held.before.get((learner.pk, activity.start)), month.end, month.currency)
    return {
        "educated_lea": educated,
        "activity_code": activity.code,
        "start_date": _day(activity.start),
        "date_ascertained": _day(activity.ascertained),
        "date_verified": _day(activity.verified),
        "review_date": _day(activity.review),
        "predicted_end_date": _day(activity.predicted_end),
        "due_to_lapse_date": _day(month.currency.lapse_date(activity)),
        "currency_lapsed": "Y" if month.currency.has_lapsed(activity, month.end) else "N",
        "neet_start_date": _day(since),
        "establishment_number": number,
        "establishment_name": name or held.called.get(establishment or ukprn, ""),
        "provider": ukprn,
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
