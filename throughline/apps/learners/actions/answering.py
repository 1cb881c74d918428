"""Keeping the last day on which a learner answered, so that their page knows of contacts that rooms above it log."""

from datetime import date

from throughline.apps.accounts.models import User
from throughline.apps.learners.models import Learner


def set_answered(*, by: User | None, learner: Learner, on: date | None) -> None:
    """Say on which day a learner answered last; None for never.

    It repeats what contacts say: the action that logs or corrects one calls this in its transaction, and its entry in the
    audit stands for both.
    """
    learner.answered_on = on
    learner.save(update_fields=["answered_on"])
