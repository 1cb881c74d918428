"""What of follow-up is due of one learner, for their page: the next contact, a case to ask about, what a meeting decided."""

from collections.abc import Iterator

from django.urls import reverse

from throughline.apps.accounts.access import may
from throughline.apps.accounts.models import User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.followup.models import Following, MeetingDecision
from throughline.apps.learners.due import Due
from throughline.apps.learners.models import Learner
from throughline.apps.learners.sight import homes_shut_to
from throughline.ui.formats import month


def due_in_followup(reader: User, learner: Learner) -> list[Due]:
    """What is due of a learner whom the reader may see; nothing for somebody who may not follow up."""
    if not may(reader, Permission.FOLLOW_UP):
        return []
    return [*_next_contact(learner), *_checks(learner), *_decisions(reader, learner)]


def _next_contact(learner: Learner) -> Iterator[Due]:
    set_for = Following.objects.filter(learner=learner).exclude(next_contact=None).select_related("officer").first()
    if set_for:
        officer = f", and {set_for.officer.full_name} has them in their caseload" if set_for.officer else ""
        yield Due("Speak to them again", set_for.next_contact, f"The next contact was set for this day{officer}",
                  reverse("followup:log_contact", args=[learner.pk]))


def _checks(learner: Learner) -> Iterator[Due]:
    for case in learner.support_cases.filter(checked_on=None).exclude(check_due=None):
        yield Due("Ask whether it lasted", case.check_due, "A support case of theirs was closed with something that should last",
                  reverse("followup:case", args=[case.pk]))


def _decisions(reader: User, learner: Learner) -> Iterator[Due]:
    """What meetings decided; to have been on the list of a district tells of a home."""
    if learner.pk in homes_shut_to(reader, learner.area):
        return
    undone = MeetingDecision.objects.filter(listed__learner=learner, done_on=None).select_related("listed__meeting")
    for made in undone:
        yield Due(f"{made.who}: {made.text}", made.due_on, f"Decided by the participation meeting of "
                  f"{month(made.listed.meeting.month)}", reverse("followup:finish_decision", args=[made.pk]))
