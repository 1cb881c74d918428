"""What a row says of somebody's belonging to the authority's cohort: joined, left, or come back.

A leaver's status lasts to the end of the month it is reported in. Only the authority's own return says that anybody left.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from throughline.analytics.intake.held import MEMBERSHIP, TRAIT, Belief, Change, Held, Note
from throughline.analytics.intake.rules import Rules
from throughline.analytics.intake.said import Said
from throughline.analytics.participation.cohort import UPPER_AGE
from throughline.analytics.participation.tables import EHC_PLAN
from throughline.core.periods import month_end

STAYING = ("P", "G")
_DAY = timedelta(days=1)


def membership_changes(said: Said, held: Held, as_at: date, rules: Rules) -> Iterator[Change | Note]:
    """Joining for whoever is new, leaving and coming back for whoever a return says so of.

    Whoever is of an age to be tracked, or younger, has not reached the upper age, whatever a return says: that is told. held has
    the traits that are held once the row is taken, which say who has a plan.
    """
    ours = sorted(held.of(MEMBERSHIP), key=lambda one: one.day("starts"))
    going_on = [one for one in ours if one.values.get("ends") is None]
    status = said.status or STAYING[0]
    if not ours:
        if status in STAYING:
            yield _begun("joined", status, as_at, (), "")
    elif said.status in STAYING and said.whole and not going_on and ours[-1].day("starts") < as_at:
        unfinished = tuple(one for one in ours if one.values["ends"] >= as_at)
        yield _begun("came back", said.status, as_at, unfinished, str(ours[-1].values["status"]))
    elif said.status and said.status not in STAYING and said.whole and going_on and going_on[-1].day("starts") <= as_at:
        yield _too_young(said, held, as_at, rules) or _left(said, tuple(going_on), as_at)


def _too_young(said: Said, held: Held, as_at: date, rules: Rules) -> Note | None:
    """What is told where a row says that somebody reached the upper age who has not; its own day of birth counts before the one
    we hold.
    """
    born, tracked = said.born or held.details["born"], rules.cohort
    if said.status != UPPER_AGE or tracked is None or not born:
        return None
    if tracked.has_outgrown(born, EHC_PLAN in said.traits or _has_plan(held, as_at), as_at):
        return None
    wrong = "their date of birth or their EHC plan" if tracked.goes_by_a_plan(born, as_at) else "their date of birth"
    return Note("cohort_status", UPPER_AGE, "older than who is tracked",
                "they are not older than those who are tracked, so nothing is changed: on their page, say why they left if they "
                f"did, or put {wrong} right")


def _has_plan(held: Held, on: date) -> bool:
    plans = [one for one in held.of(TRAIT) if one.values["trait"] == EHC_PLAN]
    return any(one.day("starts") <= on <= (one.values.get("ends") or date.max) for one in plans)


def _begun(how: str, status: str, as_at: date, unfinished: tuple[Belief, ...], before: str) -> Change:
    comes = Belief(MEMBERSHIP, {"status": status, "transferred_to": "", "starts": as_at, "ends": None})
    ended = tuple(one.again(ends=as_at - _DAY) for one in unfinished)
    return Change(MEMBERSHIP, how, before, f"{status} from the day of the file", ceases=unfinished, comes=(*ended, comes))


def _left(said: Said, going_on: tuple[Belief, ...], as_at: date) -> Change:
    ended = tuple(one.again(ends=as_at - _DAY) for one in going_on if one.day("starts") < as_at)
    left = Belief(MEMBERSHIP, {"status": said.status, "transferred_to": said.transferred_to, "starts": as_at,
                               "ends": month_end(as_at)})
    return Change(MEMBERSHIP, "left", str(going_on[-1].values["status"]), said.status, ceases=going_on, comes=(*ended, left))
