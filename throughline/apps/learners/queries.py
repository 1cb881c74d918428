"""Questions of the register: whom a reader may see, what was done on a day as known on another, who fits a search."""

from datetime import date, datetime

from throughline.apps.learners.models import Activity, Learner


def activity_on(learner: Learner, day: date, known: datetime | None = None) -> Activity | None:
    """The activity that a learner was in on a day: as believed now, or as was believed at a moment."""
    begun = learner.activities.known(known).filter(start__lte=day)
    return max(begun, key=lambda one: (one.start, one.counted.confirmed, one.code), default=None)
