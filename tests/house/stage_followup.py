"""What follow-up keeps, on the stage: two young people whom nobody has reached, and what was tried and decided about one."""

from datetime import date, timedelta

from django.utils import timezone

from tests.house.stage import AREA, BATCH, LONG, MARK, NEXT, ONE, OVER, TODAY
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup import models as followup
from throughline.apps.learners import models as learners
from throughline.core.ages import academic_year

DISTRICT, DISTRICT_BESIDE = "E07999901", "E07999902"
SCHOOL = "3584001"


def set_followup() -> None:
    """Learners ONE (NEET) and NEXT (not known), with contacts, a case, a score's decision and a meeting about ONE, one about
    nobody.
    """
    for key, code in ((ONE, "619"), (NEXT, "810")):
        _learner(key, code)
    User.objects.create(pk=ONE, email="marlbeck.officer@example.org", full_name=f"{MARK} Officer", area=AREA,
                        role="tracking_officer")
    about = {"learner_id": ONE}
    followup.LoggedContact.objects.create(pk=ONE, **about, on=TODAY(), channel="telephone", outcome="no_answer", note=LONG)
    followup.SavedFilter.objects.create(pk=ONE, area=AREA, name=f"{MARK} filter", worklist="neet_overdue",
                                        query={"district": DISTRICT})
    bulk = followup.BulkUpdate.objects.create(pk=BATCH, area=AREA)
    followup.BulkChange.objects.create(bulk=bulk, learner_id=ONE, says={"next_contact": [None, None]})
    followup.LearnerFacts.objects.create(pk=ONE, **about, as_at=TODAY() - timedelta(days=30), attendance_percent=84)
    followup.RiskDecision.objects.create(pk=ONE, **about, points=2, band="Additional support", decision="watch", reason=LONG)
    followup.PointsAmendment.objects.create(pk=ONE, area=AREA, says={"factor-looked_after-points": 3}, reason=LONG)
    followup.SupportCase.objects.create(pk=ONE, **about, plan=LONG, opened_on=date(2026, 1, 5))
    ago = TODAY() - timedelta(days=200)
    followup.SupportCase.objects.create(pk=OVER, **about, plan=LONG, opened_on=ago, closed_on=ago, outcome="education",
                                        closing_note=MARK, check_due=ago + timedelta(weeks=13))
    before = (TODAY().replace(day=1) - timedelta(days=1)).replace(day=1)
    meeting = followup.ParticipationMeeting.objects.create(
        pk=ONE, area=AREA, district=DISTRICT, month=before, held_on=before, place=MARK, left_out=1,
        impact={"listed": 2, "participating": 1, "other": 0, "neet": 1, "not_known": 0, "left": 0})
    told = {"name": f"{MARK}, Ade", "number": int(ONE), "age": 16, "standing": "NEET", "activity": LONG, "place": "",
            "why": [LONG], "vulnerable": True, "undone": [LONG]}
    listed = followup.ListedLearner.objects.create(pk=ONE, meeting=meeting, **about, position=1, standing="neet", carried=True,
                                                   told=told)
    followup.ParticipationMeeting.objects.create(pk=NEXT, area=AREA, district=DISTRICT_BESIDE, month=before)
    followup.MeetingDecision.objects.create(pk=ONE, listed=listed, text=LONG, who=MARK, due_on=ago)


def give_a_caseload(user: User) -> None:
    """Put learner ONE into the caseload of somebody who may have one."""
    if user.area == AREA and Permission.FOLLOW_UP in user.held_role.permissions:
        followup.Following.objects.update_or_create(learner_id=ONE, defaults={"officer": user, "claimed_at": timezone.now()})


def _learner(key: str, code: str) -> None:
    born = date(academic_year(TODAY()) - 16, 3, 4)
    learner, _ = learners.Learner.objects.get_or_create(
        pk=key, defaults={"area": AREA, "number": key, "born": born, "school_at_16": SCHOOL})
    since = {"starts": TODAY() - timedelta(days=500)}
    if not learner.memberships.exists():
        learners.Membership.objects.create(learner=learner, area=AREA, **since)
    if not learner.names.exists():
        learners.Name.objects.create(learner=learner, given="Ade", family=MARK, **since)
    if not learner.addresses.exists():
        learners.Address.objects.create(learner=learner, line_1=f"1 {MARK} Road", district=DISTRICT, **since)
    start = TODAY() - timedelta(days=200)
    learners.Activity.objects.create(learner=learner, code=code, start=start, ascertained=start, verified=start)
