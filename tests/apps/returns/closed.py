"""Somebody in the register and their month as it is closed, for the tests of closing."""

import xml.etree.ElementTree as ET
from datetime import date

from throughline.apps.learners.actions import activities
from throughline.apps.learners.actions.learners import add_learner, set_restriction
from throughline.apps.learners.models import Learner
from throughline.apps.returns.actions.closing import close_month
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of

OCTOBER, SEPTEMBER = date(2026, 10, 31), date(2026, 9, 30)
_OF_ONE_WHO_STAYS = date(2009, 12, 1)


def learner(born: date = date(2009, 10, 1), code: str = "230", start: date = date(2026, 9, 7), protected: bool = False):
    """Somebody of academic age 16 in the year from September 2026, doing something."""
    found = add_learner(by=None, area="358", born=born, given="Zoë", family="O'Brien", since=date(2025, 9, 1),
                        line_1="1 High Street", postcode="M1 1AA")
    set_restriction(by=None, learner=found, restricted=False, protected_address=protected, reason="A test")
    activities.record_activity(by=None, learner=found, code=code, start=start, ascertained=start, verified=start,
                               predicted_end=date(2027, 7, 31) if code == "230" else None)
    return found


def records(close: MonthClose) -> list[dict[str, str]]:
    """The return's records, each element by its name."""
    return [{leaf.tag: leaf.text or "" for leaf in each.iter() if not len(leaf)}
            for each in ET.fromstring(content_of(close)).iter("YoungPersonsRecord")]


def told(month_end: date, reason: str = "") -> list[str]:
    """The cohort status of everybody in a month's return, which is closed for it, but one who is in the cohort of every month."""
    if not Learner.objects.filter(born=_OF_ONE_WHO_STAYS).exists():
        learner(born=_OF_ONE_WHO_STAYS)
    close = close_month(by=None, area="358", month_end=month_end, reason=reason)
    return [said["CohortStatus"] for said in records(close) if said["DOB"] != _OF_ONE_WHO_STAYS.isoformat()]
