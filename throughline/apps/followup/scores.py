"""Scores of the risk of becoming NEET, as the one who reads them may see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from throughline.analytics.participation.risk import Edition, Score
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup.models import LearnerFacts, RiskDecision
from throughline.apps.followup.models.risk import FACTS
from throughline.apps.followup.points import edition
from throughline.apps.followup.queries import name_of
from throughline.apps.learners.codes import restricted_traits, sensitive_traits
from throughline.apps.learners.models import Learner, Trait
from throughline.apps.learners.queries import belongs, listed, seen_by
from throughline.apps.learners.sight import opened_by
from throughline.core.ages import academic_year, year_group

_AT_ONCE = 900  # what an SQLite statement takes without complaint
YEARS = (10, 11, 12, 13)
_BY_TRAIT = {"free_school_meals": "free_school_meals", "english_as_an_additional_language": "additional_language"}
_SENSITIVE = ("in_custody",)  # facts that are not for everybody who may see a score


@dataclass(frozen=True)
class Scored:
    """A learner with their score, the facts it took, and the last decision."""

    learner: Learner
    year: int
    score: Score
    facts: LearnerFacts | None
    decision: RiskDecision | None

    @property
    def name(self) -> str:
        """As the list has them."""
        return name_of(self.learner)


def in_years(user: User) -> QuerySet[Learner]:
    """The learners of years 10 to 13 whom a user may see, restricted ones only when opened."""
    this = academic_year(timezone.localdate())
    born = (date(this - YEARS[-1] - 5, 9, 1), date(this - YEARS[0] - 4, 8, 31))
    seen = listed(seen_by(user)).filter(belongs(), born__range=born)
    return seen.filter(Q(restricted=False) | Q(pk__in=opened_by(user)))


@dataclass(frozen=True)
class BandCount:
    """How many reach a band, by its id, by the points as they are and by others."""

    band: str
    title: str
    now: int
    then: int


@dataclass(frozen=True)
class Effect:
    """What other points would do: how many reach each band, and how many would stand in a higher or a lower one."""

    bands: list[BandCount]
    higher: int
    lower: int


def effect(user: User, now: Edition, then: Edition) -> Effect:
    """How many of years 10 to 13 whom a user may see stand where by two editions that have the same bands."""
    learners = list(in_years(user))
    first, second = ([one.score.band for one in scored(user, learners, known)] for known in (now, then))
    order = [band for _, band, _ in now.bands]
    moved = [order.index(after) - order.index(before) for before, after in zip(first, second, strict=True)]
    return Effect([BandCount(band, title, first.count(band), second.count(band)) for _, band, title in then.bands],
                  sum(way > 0 for way in moved), sum(way < 0 for way in moved))


def scored(user: User, learners: Iterable[Learner], known: Edition | None = None) -> list[Scored]:
    """Each learner's score, by the points that hold in the user's authority or by others.

    What a reader may not see of somebody gives no points and no reason: see left_out.
    """
    wanted = list(learners)
    day, known = timezone.localdate(), known or edition(user.area)
    traits, facts, decisions, custody = _traits(user, wanted, day), _facts(wanted), _decisions(wanted), custody_open_to(user)
    rules = {True: known, False: known.without(_SENSITIVE)}
    return [Scored(one, year_group(one.born, day),
                   rules[one.pk in custody].score(
                       held := traits.get(one.pk, set()), told(facts.get(one.pk), one.pk in custody, held)),
                   facts.get(one.pk), decisions.get(one.pk)) for one in wanted]


def left_out(user: User) -> str:
    """What the scores that a user is shown leave out, in words."""
    if not may(user, Permission.SEE_SENSITIVE):
        return "Health, family, care and offences are left out of these scores, since you may not see them."
    return "Youth justice and custody are left out of these scores, except where you have opened the record."


def custody_open_to(user: User) -> set[int]:
    """The learners of whom a user may be told that they are in custody: those whose records they have opened."""
    return opened_by(user) if may(user, Permission.SEE_SENSITIVE) else set()


def told(facts: LearnerFacts | None, custody: bool, traits: Collection[str] = ()) -> dict[str, Any]:
    """Facts under the names that the rules use; what is not known, or custody where it is not for this reader, is None.

    A fact that no term says is yes where somebody's characteristics say so.
    """
    values = {name: getattr(facts, name) for name in FACTS} if facts else dict.fromkeys(FACTS)
    values |= {name: True for name, trait in _BY_TRAIT.items() if values[name] is None and trait in traits}
    if not custody:
        values |= dict.fromkeys(_SENSITIVE)
    return {name: float(value) if value is not None and not isinstance(value, bool) else value for name, value in values.items()}


def _of(learners: list[Learner]) -> dict[str, Any]:
    """Rows of these learners, or of all of their authority where they are more than a statement takes."""
    if len(learners) > _AT_ONCE:
        return {"learner__area": learners[0].area}
    return {"learner__in": [one.pk for one in learners]}


def _traits(user: User, learners: list[Learner], day: date) -> dict[int, set[str]]:
    sensitive = frozenset() if may(user, Permission.SEE_SENSITIVE) else sensitive_traits()
    restricted, opened = restricted_traits(), opened_by(user)
    found: dict[int, set[str]] = {}
    held = Trait.objects.known().on(day).filter(**_of(learners)).order_by()
    for pk, trait in held.values_list("learner_id", "trait"):
        if trait not in sensitive and (trait not in restricted or pk in opened):
            found.setdefault(pk, set()).add(trait)
    return found


def _facts(learners: list[Learner]) -> dict[int, LearnerFacts]:
    """The latest facts of each."""
    held = LearnerFacts.objects.filter(**_of(learners), as_at__lte=timezone.localdate())
    return {facts.learner_id: facts for facts in held.order_by("as_at", "id")}


def _decisions(learners: list[Learner]) -> dict[int, RiskDecision]:
    held = RiskDecision.objects.filter(**_of(learners)).select_related("by")
    return {decision.learner_id: decision for decision in held.order_by("at", "id")}
