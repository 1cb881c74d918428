"""Young people on the stage: one of whom everything is known, one who left, one whose record is restricted."""

from datetime import date, timedelta

from django.utils import timezone

from tests.house.stage import AREA, GONE, LONG, MARK, ONE, OVER
from throughline.apps.accounts.models import User
from throughline.apps.learners import models as learners

SCHOOL = "3584001"
_BORN, _JOINED = date(2010, 2, 3), date(2025, 9, 1)


def set_learners() -> None:
    """Everything there is of them."""
    source = learners.Source.objects.create(pk=ONE, area=AREA, name=f"{MARK} parent")
    for number, (key, more) in enumerate(((ONE, {}), (GONE, {}), (OVER, {"restricted": True})), 1):
        over = timezone.localdate() - timedelta(days=1) if key == GONE else None
        learner = learners.Learner.objects.create(pk=key, area=AREA, number=number, born=_BORN, school_at_16=SCHOOL,
                                                  kept_until=over, **more)
        learners.Particulars.objects.create(learner=learner, born=_BORN, school_at_16=SCHOOL)
        learners.Name.objects.create(learner=learner, given=MARK, family=f"Example {MARK}", starts=_JOINED)
        _belong(learner, left=timezone.localdate() - timedelta(days=40) if key == GONE else None)
    of = {"learner_id": ONE, "source": source, "starts": _JOINED}
    learners.Name.objects.create(kind="known_as", given=MARK, family="Alias", **of)
    learners.Address.objects.create(line_1=f"1 {MARK} Row", town=MARK, postcode="SA1 1AA", district="E07000001", **of)
    learners.Identifier.objects.create(scheme="upn", value="B801200005001", **of)
    learners.Trait.objects.create(pk=ONE, trait="ehc_plan", **of)
    learners.Trait.objects.create(trait="110", **of)
    learners.LevelOfNeed.objects.create(level="2", **of)
    learners.GuaranteeStatus.objects.create(block="year_11", code="159", area=AREA, **of)
    learners.Contact.objects.create(pk=ONE, who="parent", name=f"{MARK} parent", phone="01632 960001", note=LONG[:300], **of)
    was = {"learner_id": ONE, "source": source, "establishment": SCHOOL, "establishment_name": f"{MARK} School"}
    learners.Activity.objects.create(code="110", start=date(2024, 9, 1), verified=date(2024, 9, 9), **was)
    learners.Activity.objects.create(code="210", start=_JOINED, verified=date(2025, 9, 9), **was)
    learners.Activity.objects.create(pk=ONE, code="619", start=date(2026, 9, 1), verified=date(2026, 9, 9), **was)
    learners.KeptLonger.objects.create(learner_id=ONE, until=date(2050, 1, 2), reason=LONG)
    now = timezone.now()
    learners.Opening.objects.create(pk=ONE, learner_id=OVER, number=3, area=AREA, who_email="officer@example.org", reason=LONG,
                                    at=now - timedelta(days=40), until=now - timedelta(days=39))


def _belong(learner: learners.Learner, left: date | None) -> None:
    """They belong to the cohort; until they left on a day, which was said five days after."""
    of = {"learner": learner, "area": AREA}
    if left is None:
        learners.Membership.objects.create(starts=_JOINED, **of)
        return
    told = timezone.now() - timedelta(days=35)
    learners.Membership.objects.create(starts=_JOINED, known_from=told - timedelta(days=300), known_to=told, **of)
    learners.Membership.objects.create(starts=_JOINED, ends=left - timedelta(days=1), known_from=told, **of)
    learners.Membership.objects.create(starts=left, ends=left + timedelta(days=30), status="E", known_from=told, **of)


def put_at_the_school(user: User) -> None:
    """Somebody of a school works at the one that the learner was at."""
    user.establishment, user.organisation = SCHOOL, f"{MARK} School"
    user.save(update_fields=["establishment", "organisation"])
