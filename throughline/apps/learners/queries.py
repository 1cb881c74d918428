"""Questions of the register: whom a reader may see, who fits a search, what was done on a day as known on another."""

from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404
from django.utils import timezone

from throughline.analytics.participation.breakdowns import NOT_KNOWN
from throughline.analytics.participation.standing import current
from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.learners.codes import retention
from throughline.apps.learners.models import (
    Activity,
    Address,
    Identifier,
    KeptLonger,
    Learner,
    Membership,
    Name,
    Particulars,
    Source,
)
from throughline.apps.learners.models.membership import IN_COHORT
from throughline.apps.learners.models.name import folded
from throughline.apps.learners.sight import homes_protected
from throughline.core.ages import academic_year

COHORT, LEFT, RESTRICTED = "cohort", "left", "restricted"


def seen_by(user: User) -> QuerySet[Learner]:
    """The learners whom a user may see.

    Whoever may see every young person sees those of their own authority. Others see those of the cohort who are at the
    establishment or provider that their account names, or were there at 16, restricted ones excepted; without such a name
    they see none.
    """
    if not may(user, Permission.SEE_LEARNERS) or not user.area:
        return Learner.objects.none()
    learners = Learner.objects.filter(area=user.area)
    if may(user, Permission.SEE_ALL_LEARNERS):
        return learners
    return at_place(learners.filter(belongs(), restricted=False), establishment=user.establishment, ukprn=user.ukprn)


def at_place(learners: QuerySet[Learner], *, establishment: str, ukprn: str) -> QuerySet[Learner]:
    """Of some learners those who are at an establishment or provider as we hold it, or were at the establishment at 16.

    Nobody is at a place without a number.
    """
    latest = Activity.objects.known().filter(learner=OuterRef("pk"), start__lte=timezone.localdate()).order_by("-start")
    fits = Q(pk=None)
    if establishment:
        fits |= Q(school_at_16=establishment) | Q(at_establishment=establishment)
    if ukprn:
        fits |= Q(at_provider=ukprn)
    return learners.annotate(
        at_establishment=Subquery(latest.values("establishment")[:1]), at_provider=Subquery(latest.values("ukprn")[:1]),
    ).filter(fits)


def learner_or_404(user: User, pk: int) -> Learner:
    """A learner whom the user may see. Raises Http404."""
    return get_object_or_404(seen_by(user), pk=pk)


def listed(learners: QuerySet[Learner]) -> QuerySet[Learner]:
    """Learners with their present legal name at hand as called, in the order of a list: restricted ones last, by number."""
    present = Q(names__known_to=None, names__ends=None, names__kind=Name.Kind.LEGAL)
    by_name = Case(When(restricted=True, then=Value("")), default=F("called__sought"), output_field=CharField())
    return (
        learners.annotate(called=FilteredRelation("names", condition=present)).select_related("called")
        .order_by("restricted", by_name, "number")
    )


def find_learners(
    user: User, *, words: str = "", number: str = "", born: date | None = None, age: str = "", district: str = "",
    records: str = COHORT,
) -> QuerySet[Learner]:
    """Whom a user may see that fits: every word of a name they have or had, a number of theirs, their day of birth.

    age is an academic age today, district where those live now whose home the user may see or
    NOT_KNOWN, records the cohort, those who left
    it, or the restricted records for whoever may open them. Words without a letter or digit find nobody. A restricted learner
    is found by a number and otherwise only where nothing is asked, so that the list says nothing else of them.
    """
    found = seen_by(user)
    if number:
        return listed(found.filter(_numbered(number)))
    if words.strip() and not folded(words):
        return listed(found.none())
    narrowed = any((words, born, age, district))
    if records == RESTRICTED:
        return listed(found.filter(restricted=True) if may(user, Permission.SEE_RESTRICTED) and not narrowed else found.none())
    if narrowed:
        found = found.filter(restricted=False)
    for word in folded(words).split():
        found = found.filter(Exists(Name.objects.known().filter(learner=OuterRef("pk"), sought__contains=word)))
    if born:
        found = found.filter(born=born)
    if age:
        year = academic_year(timezone.localdate()) - int(age)
        found = found.filter(born__range=(date(year - 1, 9, 1), date(year, 8, 31)))
    if district:
        found = found.filter(_lives_in(user, district))
    return listed(found.filter(~belongs() if records == LEFT else belongs()))


def alike(user: User, *, given: str, family: str, born: date) -> QuerySet[Learner]:
    """Whom a user may see that was born on a day and has or had a name, whether or not they left the cohort.

    Restricted records are left out, as of any search by name: that there is one would tell of it.
    """
    begins = folded(f"{family} {given}")
    called = Name.objects.known().filter(learner=OuterRef("pk")).filter(Q(sought=begins) | Q(sought__startswith=f"{begins} "))
    return listed(seen_by(user).filter(Exists(called), born=born, restricted=False))


def _numbered(number: str) -> Q:
    value = "".join(number.split()).upper()
    held = Identifier.objects.known().filter(learner=OuterRef("pk"), value=value)
    return Q(Exists(held)) | (Q(number=int(value)) if value.isdecimal() and len(value) <= 18 else Q(pk=None))


def belongs(learner: str = "pk") -> Exists:
    """That somebody is of the cohort today, for a filter; learner is the field that says who, of the model that is asked."""
    return Exists(Membership.objects.known().in_cohort().filter(learner=OuterRef(learner)))


def joined_on(learner: Learner) -> date | None:
    """The day from which a learner was first of the cohort, as believed now; None where they never were."""
    return learner.memberships.known().filter(status=IN_COHORT).order_by("starts").values_list("starts", flat=True).first()


def kept_no_longer(area: str, day: date) -> QuerySet[Learner]:
    """Those of an authority whose record is kept no longer on a day, by the rule that holds then.

    They left so many years before, or grew so old; whoever belongs to the cohort and is not so old is kept, and so is whoever
    somebody decided to keep longer.
    """
    rule = retention().on(day)
    over = Q(left_on__lte=rule.left_by(day)) | Q(born__lte=rule.born_by(day)) | Q(kept_until__lt=day)
    return with_longer(Learner.objects.filter(over, area=area)).filter(
        Q(longer=None) | Q(longer__lt=day))


def kept_longer_until(learner: Learner) -> KeptLonger | None:
    """The decision by which a record is kept longer than the rule says; None where it is not."""
    held = learner.kept_longer.select_related("by").first()
    return held if held and held.until and held.until >= timezone.localdate() else None


def with_longer(learners: QuerySet[Learner]) -> QuerySet[Learner]:
    """Learners with the last day to which somebody decided to keep them at least as longer; None where nobody did."""
    latest = KeptLonger.objects.filter(learner=OuterRef("pk")).order_by("-at", "-pk")
    return learners.annotate(longer=Subquery(latest.values("until")[:1]))


def districts_of(user: User) -> list[str]:
    """The districts to choose learners by: the codes of those in which some live now whose home the user may see, and NOT_KNOWN;
    none for somebody of a school.
    """
    if not may(user, Permission.SEE_ALL_LEARNERS):
        return []
    held = _homes_open_to(user).exclude(district="")
    return [*held.order_by("district").values_list("district", flat=True).distinct(), NOT_KNOWN]


def _lives_in(user: User, district: str) -> Q:
    """That somebody lives in a district now, or with NOT_KNOWN in none that is known; neither is told of whoever's home is told
    only to whoever opens it.
    """
    homes = _homes_open_to(user).filter(learner=OuterRef("pk"))
    if district != NOT_KNOWN:
        return Q(Exists(homes.filter(district=district)))
    if not may(user, Permission.SEE_ALL_LEARNERS):
        return Q(pk=None)
    return Q(~Exists(homes.exclude(district="")), ~Q(pk__in=homes_protected(user.area).values("pk")))


def _homes_open_to(user: User) -> QuerySet[Address]:
    """Where learners of a user's authority live now, those left out whose home is told only to whoever opens it."""
    if not may(user, Permission.SEE_ALL_LEARNERS):
        return Address.objects.none()
    told = Address.objects.known().on().filter(learner__area=user.area, learner__restricted=False)
    return told.exclude(learner__in=homes_protected(user.area))


def activity_on(learner: Learner, day: date, known: datetime | None = None) -> Activity | None:
    """The activity that a learner was in on a day: as believed now, or as was believed at a moment."""
    return current(learner.activities.known(known).filter(start__lte=day), day)


def particulars_of(learner: Learner, known: datetime | None = None) -> Particulars | None:
    """Birth, gender, ethnic group and the like as believed now or at a moment; None where nothing was."""
    return learner.particulars.known(known).first()


def taken_back(learner: Learner) -> Particulars | None:
    """What was last believed of somebody whom a file brought that was taken back since; None for anybody else."""
    last = learner.particulars.select_related("source").first()
    brought = last is not None and last.source is not None and last.source.kind in (Source.Kind.IMPORT, Source.Kind.RETURN)
    return last if brought and not learner.particulars.known().exists() else None


def name_on(learner: Learner, day: date, known: datetime | None = None, kind: str = Name.Kind.LEGAL) -> Name | None:
    """What a learner was called on a day, as known then or now; before any name that is known, the first."""
    held = learner.names.known(known).filter(kind=kind)
    return held.on(day).first() or (held.order_by("starts").first() if kind == Name.Kind.LEGAL else None)


def spans_on(learner: Learner, what: str, day: date, known: datetime | None = None) -> list[Any]:
    """What held of a learner on a day of one sort, such as "traits" or "addresses", as believed now or at a moment."""
    return list(getattr(learner, what).known(known).on(day).select_related("source"))
