"""Records of the invented authority that few may open: two of the youth justice team's, and a home that is kept secret."""

from throughline.analytics.participation.standing import Standing
from throughline.analytics.participation.worklists import NOT_KNOWN
from throughline.apps.accounts.models import User
from throughline.apps.followup import meeting_list
from throughline.apps.followup.register import register
from throughline.apps.followup.standing import Row
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.learners import set_restriction
from throughline.apps.learners.actions.looking import open_restricted
from throughline.apps.learners.codes import restricted_traits
from throughline.apps.learners.models import Learner


def guard(officer: User, colleague: User, area: str, district: str) -> None:
    """Restrict two records, of which a colleague has opened one, and protect a home.

    The first is of somebody whom the district's meeting would take up, so that its list says that one was left off. Whoever
    of these the register does not have is left out.
    """
    held, theirs = register(area), restricted_traits()
    supervised = [row for row in held.rows.values() if row.person.traits & theirs and row.standing is Standing.PARTICIPATING]
    if listed := meeting_list.chosen(district, held, set(), set()):
        new = _learner(listed[-1])
        add_trait(by=officer, learner=new, trait=min(theirs))
        _restrict(officer, new, "Came to the youth justice team this week")
    if supervised:
        known = _learner(supervised[0])
        _restrict(officer, known, "Supervised by the youth justice team")
        open_restricted(by=colleague, learner=known,
                        reason="Their youth justice worker rang: they want to change course, and asked to be called today.")
    if homes := [row for row in held.rows.values() if NOT_KNOWN in row.lists and row.person.district != district]:
        set_restriction(by=officer, learner=_learner(homes[0]), restricted=False, protected_address=True,
                        reason="Moved away from somebody who must not find them")


def _restrict(officer: User, learner: Learner, reason: str) -> None:
    set_restriction(by=officer, learner=learner, restricted=True, protected_address=learner.protected_address, reason=reason)


def _learner(row: Row) -> Learner:
    return Learner.objects.get(pk=row.person.pk)
