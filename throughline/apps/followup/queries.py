"""Questions of the follow-up room: who may be shown by name, who the officers are, what was tried, which meetings were held."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import roles_with
from throughline.apps.followup.models import BulkUpdate, Following, LoggedContact, ParticipationMeeting, SavedFilter, SupportCase
from throughline.apps.followup.on_leaving import OnLeaving
from throughline.apps.learners.models import Activity, Learner
from throughline.apps.learners.outside import Outside, outside_of
from throughline.apps.learners.queries import belongs, listed, seen_by
from throughline.apps.learners.sight import opened_by, shut_to

_AT_ONCE = 900  # what an SQLite statement takes without complaint


def officers_of(area: str) -> QuerySet[User]:
    """Those who may have a caseload in an authority."""
    roles = [role.id for role in roles_with(Permission.FOLLOW_UP)]
    return User.objects.filter(area=area, is_active=True, role__in=roles).order_by("full_name", "pk")


def learners_by_pk(pks: Iterable[int]) -> dict[int, Learner]:
    """Learners by their numbers in the database, each with their present name at hand as called."""
    wanted = list(pks)
    return {learner.pk: learner for at in range(0, len(wanted), _AT_ONCE)
            for learner in listed(Learner.objects.filter(pk__in=wanted[at:at + _AT_ONCE]))}


def name_of(learner: Learner) -> str:
    """What a list calls a learner: by name, family name first; by number where no name is known."""
    called = getattr(learner, "called", None)
    return called.listed if called else f"Learner {learner.number}"


def followed_or_404(user: User, pk: int) -> Learner:
    """A learner whom the user may see, restricted ones only when opened. Raises Http404."""
    return get_object_or_404(listed(seen_by(user)).filter(Q(restricted=False) | Q(pk__in=opened_by(user))), pk=pk)


def contacts_of(learner: Learner) -> QuerySet[LoggedContact]:
    """Every try to reach a learner, the newest first, corrected ones too."""
    return learner.logged_contacts.select_related("by", "corrects", "corrected_by")


def newest_of(contact: LoggedContact) -> LoggedContact:
    """What counts in a contact's place: the correction of it, and of that, as far as they go; itself where there is none."""
    while later := LoggedContact.objects.select_related("learner").filter(corrects=contact).first():
        contact = later
    return contact


class Caseload(NamedTuple):
    """An officer's learners whom a reader may see, those to be contacted first first; those of them who are not of the cohort
    are apart, each with how: they are not contacted, whatever day was set. shut is how many records are shut to the reader.
    """

    held: list[Following]
    gone: list[tuple[Following, Outside]]
    shut: int


def caseload_of(officer: User, reader: User) -> Caseload:
    """An officer's learners, as a reader may see them."""
    held = list(Following.objects.filter(officer=officer, learner__area=reader.area).select_related("learner"))
    shut, today = shut_to(reader), timezone.localdate()
    shown = sorted((one for one in held if one.learner_id not in shut),
                   key=lambda one: (one.next_contact is None, one.next_contact or today, one.pk))
    gone = outside_of([one.learner_id for one in shown], today)
    return Caseload([one for one in shown if one.learner_id not in gone],
                    [(one, gone[one.learner_id]) for one in shown if one.learner_id in gone], len(held) - len(shown))


def caseloads(area: str) -> list[dict[str, Any]]:
    """Each officer with how many learners of the cohort they have, how many of those are to be contacted by today, and how many
    are in their caseload still who are not of the cohort: {"officer", "many", "due", "gone"}.
    """
    held = Following.objects.filter(learner__area=area).exclude(officer=None).values("officer").order_by().annotate(**_counts())
    found = {row.pop("officer"): row for row in held}
    return [{"officer": officer, **found.get(officer.pk, dict.fromkeys(_counts(), 0))} for officer in officers_of(area)]


def how_many(officer: User) -> dict[str, int]:
    """The same of one officer: {"many", "due", "gone"}."""
    return Following.objects.filter(officer=officer, learner__area=officer.area).aggregate(**_counts())


def _counts() -> dict[str, Count]:
    of, due = belongs("learner"), Q(next_contact__lte=timezone.localdate())
    return {"many": Count("pk", filter=Q(of)), "due": Count("pk", filter=Q(of) & due), "gone": Count("pk", filter=~Q(of))}


def filters_of(area: str) -> QuerySet[SavedFilter]:
    """The filters that an authority's team shares."""
    return SavedFilter.objects.filter(area=area).select_related("by")


def bulks_of(area: str) -> QuerySet[BulkUpdate]:
    """The bulk updates of an authority, the latest first."""
    return BulkUpdate.objects.filter(area=area).select_related("by", "undone_by").annotate(
        many=Count("changes")).order_by("-at", "-pk")  # what is grouped forgets the order of its table


def meetings_of(area: str) -> QuerySet[ParticipationMeeting]:
    """The participation meetings of an authority, each with how many were listed and how many decisions are open: of those who
    left the cohort none is.
    """
    open_ones = Q(belongs("listed__learner"), listed__decisions__done_on=None, listed__decisions__isnull=False)
    return ParticipationMeeting.objects.filter(area=area).select_related("prepared_by", "closed_by").annotate(
        many=Count("listed", distinct=True), open_decisions=Count("listed__decisions", filter=open_ones, distinct=True),
    ).order_by("-month", "district", "-pk")


def meeting_or_404(user: User, pk: int) -> ParticipationMeeting:
    """A meeting of the user's authority. Raises Http404."""
    return get_object_or_404(meetings_of(user.area), pk=pk)


def meeting_before(meeting: ParticipationMeeting) -> ParticipationMeeting | None:
    """The meeting of the same district before one."""
    earlier = ParticipationMeeting.objects.filter(area=meeting.area, district=meeting.district, month__lt=meeting.month)
    return earlier.order_by("-month").first()


def meeting_after(meeting: ParticipationMeeting) -> ParticipationMeeting | None:
    """The meeting of the same district after one: its list says what became of this one's."""
    later = ParticipationMeeting.objects.filter(area=meeting.area, district=meeting.district, month__gt=meeting.month)
    return later.order_by("month").first()


def ends_said_before(learners: Collection[int]) -> dict[tuple[int, date], set[date | None]]:
    """The days on which activities of these learners were said to end in what is not believed any more, by learner and start."""
    found: dict[tuple[int, date], set[date | None]] = {}
    wanted = sorted(learners)
    for at in range(0, len(wanted), _AT_ONCE):
        held = Activity.objects.filter(learner__in=wanted[at:at + _AT_ONCE]).exclude(known_to=None).order_by()
        for learner, start, end in held.values_list("learner_id", "start", "predicted_end"):
            found.setdefault((learner, start), set()).add(end)
    return found


def said_on_leaving(learners: Collection[int]) -> dict[tuple[int, date], OnLeaving]:
    """What is believed to have been said on leaving activities of these learners, by learner and start; those with any alone."""
    found: dict[tuple[int, date], OnLeaving] = {}
    wanted = sorted(learners)
    for at in range(0, len(wanted), _AT_ONCE):
        held = Activity.objects.filter(learner__in=wanted[at:at + _AT_ONCE]).exclude(leaving_reason="", intended_next="")
        found |= _said_in(held.select_related("source").order_by("known_from", "pk"))
    return found


def _said_in(held: Iterable[Activity]) -> dict[tuple[int, date], OnLeaving]:
    """The same of beliefs in the order in which they came, past ones too. Whoever confirms or corrects an activity takes over
    what was said on leaving it, its start moved or not, so that it was told by the source of the first that has it.
    """
    found: dict[tuple[int, date], OnLeaving] = {}
    first: dict[tuple[int, date, str, str], bool] = {}
    ceased: dict[tuple[int, datetime, str, str], bool] = {}
    for one in held:
        by_place = []
        for what, code in (("reason", one.leaving_reason), ("intended", one.intended_next)):
            told = bool(one.source and one.source.speaks_for_a_place)
            key, goes_on = (one.learner_id, one.start, what, code), ceased.get((one.learner_id, one.known_from, what, code))
            if key in first:  # what was taken back and is said anew is told by whoever says it, if no place does
                told = first[key] and (told or goes_on is not None)
            elif goes_on is not None:
                told = goes_on
            first[key] = told
            by_place.append(told)
            if one.known_to:
                ceased[one.learner_id, one.known_to, what, code] = told
        if one.known_to is None:
            found[one.learner_id, one.start] = OnLeaving(one.leaving_reason, one.intended_next, *by_place)
    return found


def cases_of(area: str) -> QuerySet[SupportCase]:
    """The support cases of an authority's learners, each with whether they are of the cohort, as of_cohort."""
    held = SupportCase.objects.filter(learner__area=area).select_related("worker", "learner")
    return held.annotate(of_cohort=belongs("learner"))


def open_cases(area: str) -> dict[str, int]:
    """How many support cases are open of those of the cohort, and how many of whoever is not of it: {"many", "gone"}."""
    of = {"many": Q(of_cohort=True), "gone": Q(of_cohort=False)}
    return cases_of(area).filter(closed_on=None).aggregate(**{name: Count("pk", filter=one) for name, one in of.items()})


def supported_in(area: str, day: date | None = None) -> set[int]:
    """The learners of an authority who have an open support case that was open on a day (today), by their number in the
    database.
    """
    opened = day or timezone.localdate()
    return set(cases_of(area).filter(closed_on=None, opened_on__lte=opened).values_list("learner_id", flat=True))


def case_or_404(user: User, pk: int) -> SupportCase:
    """A support case of a learner whom the user may see. Raises Http404."""
    case = get_object_or_404(cases_of(user.area), pk=pk)
    followed_or_404(user, case.learner_id)
    return case


def checks_due(area: str) -> QuerySet[SupportCase]:
    """The closed cases of which it is time to ask whether the outcome lasted: never of somebody who left the cohort."""
    return cases_of(area).filter(check_due__lte=timezone.localdate(), checked_on=None, of_cohort=True)
