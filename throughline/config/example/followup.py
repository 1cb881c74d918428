"""The invented authority's follow-up: caseloads, contacts, cases, district meetings with what they led to, a bulk update undone.

All of it is made by the actions that officers' own pages use. No action lets an officer say that they did something on an
earlier day than they did: what a demonstration needs to have been done earlier is given its day afterwards, here alone.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from throughline.analytics.participation.worklists import NEET_OVERDUE, NOT_KNOWN
from throughline.apps.accounts.actions import create_user
from throughline.apps.accounts.models import User
from throughline.apps.followup import grid, meeting_list, scores
from throughline.apps.followup.actions import cases, meetings, risk
from throughline.apps.followup.actions.bulk import apply_bulk, undo_bulk
from throughline.apps.followup.actions.contacts import log_contact
from throughline.apps.followup.actions.following import claim, save_filter
from throughline.apps.followup.models import BulkUpdate, Following, MeetingDecision, ParticipationMeeting, SupportCase
from throughline.apps.followup.queries import officers_of, supported_in
from throughline.apps.followup.register import Register, register
from throughline.apps.followup.standing import Row
from throughline.apps.learners.codes import invented_authority
from throughline.apps.learners.models import Learner
from throughline.apps.learners.queries import activity_on, joined_on
from throughline.apps.performance.figures import catch_up
from throughline.config.example.guarded import guard
from throughline.core.ages import months_after

FOLLOWUP_PARTS = 5
# Colleagues, so that there is more than one caseload. Nobody signs in as them: they have no password.
_COLLEAGUES = (("rhian.officer@example.org", "Rhian Example"), ("tomos.officer@example.org", "Tomos Example"))
_TRIES = (  # channel, outcome, what they said they do, note
    ("telephone", "no_answer", "", ""),
    ("telephone", "reached_young_person", "230", "Started at the college, and likes it."),
    ("text_message", "sent", "", ""),
    ("parent", "reached_parent", "619", "At home, and looking for something practical."),
    ("telephone", "wrong_number", "", "The number is somebody else’s now."),
    ("telephone", "reached_young_person", "330", "Works full time in a shop; no training."),
    ("email", "sent", "", ""),
    ("home_visit", "reached_parent", "610", "Not well enough to start anything before the spring."),
)
_DECIDED = (  # what, who, what came of it; the second is left undone, and so is carried forward, however few are listed
    ("Visit at home with the youth worker", "Youth service", "Visited; agreed to look round the college"),
    ("Ask the school for the last address it had", "Saltmere Harbour School", ""),
    ("Offer a place on the next taster week", "Anvil Training Ltd", "Took the place, and started"),
    ("Look for a course near home that starts in January", "Quayside College", "Two found; the family is choosing"),
    ("Ask the nurse what would make a start possible", "School nursing team", "Mornings only, for now"),
)
_DECIDED_SINCE = (
    ("Ring on two evenings, and try the parent", 10),
    ("Go along to the college’s open evening", 12),
    ("See the family at home, with the benefits adviser", 20),
)
_ROOM = "Quay House, room 2"


def make_followup(_area: str, advance: Callable[[], None]) -> str:
    """Fill the follow-up of the invented authority, once. All of it or nothing; left alone where nobody keeps its register."""
    area = invented_authority(settings.DEFINITIONS)["area"]
    if held := Following.objects.filter(learner__area=area).count():
        return f"up to date: {held} young people followed up"
    officer = officers_of(area).filter(role="tracking_officer").first()
    if officer is None:
        return f"left out: nobody works for {area}"
    with transaction.atomic():
        team = [officer, *_colleagues(officer, area)]
        busiest, another = _busiest(area)
        guard(officer, team[-1], area, busiest)
        advance()
        _support(officer, area, busiest)
        advance()
        _hold_meetings(officer, busiest, another)
        advance()
        tried = _try_to_reach(team, area)
        advance()
        _work_in_bulk(officer, area)
        advance()
    catch_up()
    return f"{tried} young people tried by {len(team)} officers, four meetings of two districts, a bulk update undone"


def _colleagues(officer: User, area: str) -> list[User]:
    held = {user.email: user for user in officers_of(area)}
    return [held.get(email) or create_user(by=None, email=email, full_name=name, role=officer.role, area=area)
            for email, name in _COLLEAGUES]


def _hold_meetings(officer: User, district: str, another: str) -> None:
    """Last month's meeting and this month's, which shows what became of those listed; next month's, and another district's that
    is being held, are open.
    """
    today = timezone.localdate()
    this, later = today.replace(day=1), months_after(today.replace(day=1), 1)
    held_on = this + min(timedelta(days=19), today - this)
    before = _prepare_earlier(officer, district, months_after(this, -1) + timedelta(days=19))
    _act_on(officer, before, by=_day_of_list(held_on))
    now = _prepare_earlier(officer, district, held_on)
    for listed, (text, days) in zip(now.listed.all(), _DECIDED_SINCE, strict=False):
        meetings.decide(by=officer, listed=listed, text=text, who=officer.full_name, due_on=today + timedelta(days=days))
    meetings.close_meeting(by=officer, meeting=now)
    _as_of(now)
    _prepare(officer, another, this, today - this)
    _prepare(officer, district, later, timedelta(days=14))


def _busiest(area: str) -> tuple[str, str]:
    """The two districts whose meetings would have the most young people to talk about, the busier first."""
    held = register(area)
    districts = sorted({row.person.district for row in held.rows.values()} - {""})
    most = sorted(districts, key=lambda district: -len(meeting_list.chosen(district, held, set(), set())))
    return most[0], most[1]


def _prepare(
    officer: User, district: str, month: date, after: timedelta, of: Register | None = None,
) -> ParticipationMeeting:
    return meetings.prepare_meeting(by=officer, district=district, month=month, held_on=month + after, starts=time(14),
                                    place=_ROOM, of=of)


def _prepare_earlier(officer: User, district: str, held_on: date) -> ParticipationMeeting:
    """A meeting that was held, its list of the register on the day on which it was made."""
    month = held_on.replace(day=1)
    return _prepare(officer, district, month, held_on - month, register(officer.area, _day_of_list(held_on)))


def _day_of_list(held_on: date) -> date:
    """The day on which the list of a meeting was made: three before it was held, of the same month."""
    return max(held_on - timedelta(days=3), held_on.replace(day=1))


def _act_on(officer: User, meeting: ParticipationMeeting, by: date) -> None:
    """Decide something about the first few of a meeting's list, close it, and do most of what it decided, by a day."""
    made = []
    for listed, (text, who, _) in zip(meeting.listed.all(), _DECIDED, strict=False):
        made.append(meetings.decide(by=officer, listed=listed, text=text, who=who, due_on=meeting.month + timedelta(days=35)))
    meetings.close_meeting(by=officer, meeting=meeting)
    _as_of(meeting)
    for decision, (_, _, outcome) in zip(made, _DECIDED, strict=False):
        if outcome:
            on = min(_earlier_this_month(20), by)
            meetings.finish_decision(by=officer, decision=decision, outcome=outcome, done_on=on)
            MeetingDecision.objects.filter(pk=decision.pk).update(said_at=_at(on, time(10)))
    without = meeting.listed.exclude(learner__in=supported_in(meeting.area))  # who has a case stays on the list
    asked = [(listed, _of_the_cohort(listed.learner, min(_earlier_this_month(5), by))) for listed in without]
    settled = [(listed, on) for listed, on in asked if not _heard_of_since(listed.learner, on)]
    for (listed, on), code in zip(settled, ("230", "410"), strict=False):
        log_contact(by=officer, learner=listed.learner, channel="telephone", outcome="reached_young_person", on=on,
                    said=_sayable(listed.learner, on, code), note="Followed up after the district’s meeting.")


def _heard_of_since(learner: Learner, on: date) -> bool:
    """Whether what somebody does was confirmed after a day, as by a file of this very day."""
    held = activity_on(learner, on)
    return bool(held and held.confirmed and held.confirmed > on)


def _as_of(meeting: ParticipationMeeting) -> None:
    """Give a meeting that was held the days on which it was prepared and closed."""
    held_on = meeting.held_on or meeting.month
    ParticipationMeeting.objects.filter(pk=meeting.pk).update(
        prepared_at=_at(_day_of_list(held_on), time(9, 30)), closed_at=_at(held_on, time(15, 30)))


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _try_to_reach(team: list[User], area: str) -> int:
    """Each officer claims some young people, tries to reach them, and sets when they are next spoken to."""
    today = timezone.localdate()
    rows = [*_on_list(area, NEET_OVERDUE)[:12], *_on_list(area, NOT_KNOWN)[:18]]
    learners = Learner.objects.in_bulk([row.person.pk for row in rows])
    for at, row in enumerate(rows):
        officer, learner = team[at % len(team)], learners[row.person.pk]
        claim(by=officer, learner=learner)
        channel, outcome, said, note = _TRIES[at % len(_TRIES)]
        on = _of_the_cohort(learner, _earlier_this_month(at % 20))
        log_contact(by=officer, learner=learner, channel=channel, outcome=outcome, on=on, note=note,
                    said=_sayable(learner, on, said), next_contact=today + timedelta(days=at % 14))
    overdue = Following.objects.filter(learner__in=[row.person.pk for row in rows[::4]])
    overdue.update(next_contact=today - timedelta(days=6))
    return len(rows)


def _sayable(learner: Learner, on: date, said: str) -> str:
    """What somebody says they do; nothing where that is what we hold, and know to end, since it may be over, nor where something
    was confirmed since.
    """
    held = activity_on(learner, on)
    over = held and held.code == said and (held.predicted_end or held.leaving_reason)
    return "" if over or _heard_of_since(learner, on) else said


def _earlier_this_month(days: int) -> date:
    """A day so long ago, but of this month: months that were closed stay as they were."""
    today = timezone.localdate()
    return max(today - timedelta(days=days), today.replace(day=1))


def _of_the_cohort(learner: Learner, day: date) -> date:
    """A day, or the first on which somebody belonged to the cohort where that is later."""
    return max(day, joined_on(learner) or day)


def _on_list(area: str, name: str) -> list[Row]:
    """Those on a list whom nobody has, those waiting longest first."""
    taken = set(Following.objects.filter(learner__area=area).exclude(officer=None).values_list("learner_id", flat=True))
    found = [row for row in register(area).rows.values()
             if name in row.lists and not row.person.restricted and row.person.pk not in taken]
    return sorted(found, key=lambda row: (row.heard, row.person.number))


def _work_in_bulk(officer: User, area: str) -> None:
    """One bulk update that stands and one that was undone, and two filters that the team shares."""
    soon = timezone.localdate() + timedelta(days=7)
    apply = partial(_in_grid, officer, area)
    apply(_on_list(area, NOT_KNOWN)[:8], soon)
    undo_bulk(by=officer, bulk=apply(_on_list(area, NOT_KNOWN)[:6], soon + timedelta(days=7)))
    save_filter(by=officer, name="Not known, and nobody has them", worklist=NOT_KNOWN, query={"officer": "nobody"})
    save_filter(by=officer, name="Not known, of a vulnerable group", worklist=NOT_KNOWN, query={"vulnerable": "yes"})


def _in_grid(officer: User, area: str, rows: Iterable[Row], on: date) -> BulkUpdate:
    lines = grid.lines(row.person.pk for row in rows)
    typed = {f"r{line.learner.pk}-{name}": value for line in lines
             for name, value in (("officer", str(officer.pk)), ("next_contact", on.isoformat()))}
    return apply_bulk(by=officer, area=area, drafts=grid.drafts(lines, typed, officers_of(area), timezone.localdate()))


def _support(officer: User, area: str, district: str) -> None:
    """Cases that are open, so that the district's meeting takes them up, and one that ended; facts of a term for some, and what
    somebody decided after looking at a score.
    """
    lost = [row for row in _on_list(area, NOT_KNOWN) if row.person.district == district and not row.person.protected]
    supported = list(Learner.objects.filter(pk__in=[row.person.pk for row in lost[:3]]).order_by("pk"))
    for learner in supported:
        cases.open_case(by=officer, learner=learner, worker=officer,
                        plan="Meet each Tuesday at the library.\nLook round Anvil Training together before the month is out.")
    began = timezone.localdate() - timedelta(days=50)  # before the list of last month's meeting was made
    for case in SupportCase.objects.filter(learner__in=supported).select_related("learner"):
        SupportCase.objects.filter(pk=case.pk).update(opened_on=_of_the_cohort(case.learner, began))
    if ended := supported[2].support_cases.first() if len(supported) > 2 else None:
        cases.close_case(by=officer, case=ended, outcome="training", closing_note="Started at Anvil Training.")
    learners = list(scores.in_years(officer).order_by("number")[:40])
    for at, learner in enumerate(learners):
        risk.enter_facts(by=officer, learner=learner, as_at=_end_of_term(), attendance_percent=97 - at * 5 % 22,
                         share_of_absence_from_exclusion_percent=60 if at % 11 == 0 else 0, free_school_meals=at % 4 == 0,
                         english_as_an_additional_language=at % 6 == 0, source="School census, as invented")
    for one in sorted(scores.scored(officer, learners), key=lambda one: -one.score.points)[:3]:
        risk.decide_on_risk(by=officer, learner=one.learner, score=one.score, decision="support",
                            reason="The school mentor meets them each week; looked at together with the school.")


def _end_of_term() -> date:
    """The last end of July that has come."""
    today = timezone.localdate()
    return date(today.year - ((today.month, today.day) < (7, 31)), 7, 31)
