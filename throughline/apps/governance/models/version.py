"""What minutes and answers said each time they were saved: the newest is the one that counts, and none is overwritten."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.governance.models.meeting import LIFE, Meeting
from throughline.apps.governance.models.scrutiny import ScrutinyQuestion


class MinutesVersion(models.Model):
    """The minutes of a meeting as somebody saved them, and the day on which they were said to be agreed."""

    class DataProtection:
        """Minutes say what people said."""

        fields = {**not_personal("id", "meeting", "minutes_agreed_on", "at"), **personal(LIFE, "minutes", "by")}

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes_versions")
    minutes = models.TextField(blank=True)
    minutes_agreed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]


class AnswerVersion(models.Model):
    """The answer to a question as somebody saved it: who answered as printed, and who typed it."""

    class DataProtection:
        """Who answered, and who saved it."""

        fields = {**not_personal("id", "question", "answer", "answered_on", "at"), **personal(LIFE, "answered_by", "by")}

    question = models.ForeignKey(ScrutinyQuestion, on_delete=models.CASCADE, related_name="answer_versions")
    answer = models.TextField(blank=True)
    answered_by = models.CharField("answered by, as printed", max_length=200, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]
