"""A try to reach somebody, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models import Learner
from throughline.apps.learners.models.fact import LEARNER_LIFE, WriteOnce


class LoggedContact(WriteOnce):
    """One try by one channel. It is never changed: what was wrong is put right by another that corrects it.

    channel is one of contacting.toml, outcome one of contact_outcomes.toml; said is the activity that the young person is
    in by what we were told, as a code, where anything was said. answered repeats what the outcome meant on that day.
    stands_once is not kept: it marks one that was sent again, with another day of the next contact.
    """

    stands_once = False

    class DataProtection:
        """All of it is about the learner, and about whoever wrote it down."""

        fields = {**not_personal("id"), **personal(LEARNER_LIFE, "learner", "on", "channel", "outcome", "answered", "note",
                                                   "said", "corrects", "by", "who_email", "at")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="logged_contacts")
    on = models.DateField()
    channel = models.CharField(max_length=30)
    outcome = models.CharField(max_length=30)
    answered = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    said = models.CharField(max_length=3, blank=True)
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrected_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    who_email = models.CharField("email address at the time", max_length=254, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The newest first."""

        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["learner", "-on"], name="logged_contact_by_learner")]

    def __str__(self) -> str:
        return f"Contact of {self.on}"
