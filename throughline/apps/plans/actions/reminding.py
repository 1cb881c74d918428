"""Sending reminders to the owners of actions, each thing to each person once."""

import logging
from collections.abc import Iterable

from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from throughline.apps.accounts.actions import record
from throughline.apps.plans.actions import ROOM
from throughline.apps.plans.models import Reminder
from throughline.apps.plans.reminders import Letter, letter_words
from throughline.ui.formats import count

log = logging.getLogger(__name__)

SENT, FAILED, TOLD = "sent", "could not be sent", "told already"


def send_letters(*, letters: Iterable[Letter], site: str) -> list[tuple[Letter, str]]:
    """Send each letter and answer what became of it: SENT, FAILED or TOLD by another run meanwhile.

    site is the address of this site. What could not be sent is not noted as told, so that the next run tries again.
    """
    done = [(letter, _send(letter, site)) for letter in letters]
    if sent := sum(outcome == SENT for _, outcome in done):
        detail = {"reminders": [None, count(sent, "letter")]}
        record(by=None, verb="created", room=ROOM, subject=("reminders", "", "Reminders"), detail=detail)
    return done


def _send(letter: Letter, site: str) -> str:
    """Note first and send then, in one transaction: two runs at once cannot both send, and a failure leaves no note."""
    subject, text = letter_words(letter, site)
    try:
        with transaction.atomic():
            Reminder.objects.bulk_create(
                Reminder(action_id=action, milestone_id=milestone, kind=kind, due_on=due_on, to=letter.to)
                for action, milestone, kind, due_on in (item.key for item in letter.items))
            send_mail(subject, text, None, [letter.to])
    except IntegrityError:
        return TOLD
    except OSError as error:  # every failure of mail, smtplib's own included; its words may hold the address
        log.error("A reminder could not be sent: %s", type(error).__name__)
        return FAILED
    return SENT
