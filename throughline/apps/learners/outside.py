"""Who is not of the cohort on a day, and how they came to be outside it: nothing is due of them, and they count nowhere."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughline.apps.accounts.places import authority_name
from throughline.apps.learners.codes import codeset
from throughline.apps.learners.models import Membership
from throughline.ui.formats import day as in_words

LEFT = "Left the cohort"  # what stands where somebody of the cohort counts as something
_AT_ONCE = 900  # what an SQLite statement takes without complaint


@dataclass(frozen=True)
class Outside:
    """Somebody who is not of the cohort: the first day of that, None for whoever never was of it, and what is said of it, in
    words, such as “Left: died”; empty where nobody said. left is false for whoever never was of it, or is held for the
    September Guarantee alone.
    """

    since: date | None = None
    why: str = ""
    left: bool = False

    @property
    def words(self) -> str:
        """What they count as: nothing, and in place of it this."""
        return LEFT if self.left else "Not of the cohort"

    def sentence(self, reason: bool = True) -> str:
        """That they are outside, since when, and for whoever may be told, why."""
        if not self.left:
            return f"They are not of the cohort{f': {self.why}, since {in_words(self.since)}' if self.why and reason else ''}."
        said = f"They left the cohort on {in_words(self.since)}."
        return f"{said} {self.why or 'Why is not recorded'}." if reason else said


def outside(learner: int, day: date, known: datetime | None = None) -> Outside | None:
    """How a learner, by their number in the database, is outside the cohort on a day, as believed now or at a moment; None for
    whoever is of it.
    """
    return outside_of([learner], day, known).get(learner)


def outside_of(learners: Collection[int], day: date, known: datetime | None = None) -> dict[int, Outside]:
    """The same of many, by their number in the database; those of the cohort are left out."""
    wanted, found = sorted(learners), {}
    for at in range(0, len(wanted), _AT_ONCE):
        some, held = wanted[at:at + _AT_ONCE], Membership.objects.known(known)
        inside = held.in_cohort(day).filter(learner__in=some).values_list("learner_id", flat=True)
        if gone := set(some).difference(inside):
            last = {one.learner_id: one for one in held.filter(learner__in=gone, starts__lte=day).order_by("starts", "id")}
            found |= {pk: _told(last.get(pk), day) for pk in gone}
    return found


def _told(last: Membership | None, day: date) -> Outside:
    if last is None:
        return Outside()
    if last.belongs:  # it ended, and nobody said as what
        return Outside(last.ends + timedelta(days=1), left=True)
    return Outside(last.starts, status_said(last, day), last.status in codeset("cohort_status").where(day, "leaver", "yes"))


def status_said(held: Membership, day: date) -> str:
    """What somebody is or was of the cohort, as a day understands its code, with the authority that leads on them now."""
    to = f" ({authority_name(held.transferred_to)})" if held.transferred_to else ""
    return f"{codeset('cohort_status').label(held.status, day)}{to}"
