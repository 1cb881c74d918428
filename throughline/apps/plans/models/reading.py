"""A file that was read as a plan: what was understood, what was put right by hand, and the plan made of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.plans.models.plan import LIFE, Plan


class Reading(models.Model):
    """One file, read. read is the tree as the machine read it and never changes; tree is it as corrected so far.

    corrections lists what was put right, in order: {"did", "changes": [{"path", "before", "after"}], "by", "at"}, with
    "undone_by" and "undone_at" once it is undone; a path is the key of a piece of the tree, or a piece and a field:
    "a12" or "a12.when" (see reading_pieces.py). next_version_of is the plan whose newer version this is, supplement_of
    the one that it adds to. The same bytes are read once, unless they were discarded.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Waiting for somebody to check it"
        ACCEPTED = "accepted", "Accepted"
        DISCARDED = "discarded", "Discarded"

    class DataProtection:
        """A plan may name those who own its actions."""

        fields = {
            **not_personal("id", "area", "size", "digest", "state", "plan", "next_version_of", "supplement_of", "at",
                           "settled_at"),
            **personal(LIFE, "name", "content", "document", "read", "tree", "corrections", "by", "settled_by"),
        }

    area = models.CharField(max_length=3, db_index=True)
    name = models.CharField("name of the file", max_length=200)
    size = models.PositiveIntegerField("bytes")
    digest = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField()
    document = models.JSONField(default=list)  # its blocks in order, each with its source, for showing beside the result
    read = models.JSONField(default=dict)
    tree = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="readings")
    next_version_of = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    supplement_of = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["area", "digest"], condition=~models.Q(state="discarded"),
                                               name="each_file_read_once")]

    def __str__(self) -> str:
        return self.name
