"""A meeting of a board: what it was to talk about, the papers for it, who came, and its minutes."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.organisations.models import Board, Party
from throughline.apps.plans.models.removal import Removable
from throughline.ui.formats import day

LIFE = "as long as the minutes of the board, so that what it decided can be explained"


class Meeting(models.Model):
    """One meeting; agreed minutes are those that the board has said are right."""

    class State(models.TextChoices):
        """Whether it took place."""

        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    class DataProtection:
        """Minutes say what people said."""

        fields = {
            **not_personal("id", "board", "starts_at", "place", "purpose", "state", "minutes_agreed_on"),
            **personal(LIFE, "minutes"),
        }

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(db_index=True)
    place = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    minutes = models.TextField(blank=True)
    minutes_agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ["-starts_at", "-id"]

    def __str__(self) -> str:
        return f"{self.board}, {day(self.starts_at)}"

    @property
    def on(self) -> date:
        """The day of the meeting, in local time."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_past(self) -> bool:
        """Whether its day is over."""
        return self.on < timezone.localdate()


class Attendance(models.Model):
    """Whether somebody came to a meeting."""

    class State(models.TextChoices):
        """What the minutes say of them."""

        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Sent apologies"
        ABSENT = "absent", "Absent"

    class DataProtection:
        """Who was where."""

        fields = {**not_personal("id", "meeting"), **personal(LIFE, "party", "state")}

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=10, choices=State.choices)

    class Meta:
        """By name; nobody twice."""

        ordering = ["party__name", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "party"], name="once_at_a_meeting")]


class AgendaItem(Removable):
    """One thing that a meeting is to talk about."""

    class Purpose(models.TextChoices):
        """What the board is asked to do with it."""

        DECISION = "decision", "For decision"
        DISCUSSION = "discussion", "For discussion"
        INFORMATION = "information", "For information"

    class DataProtection:
        """Who brings an item may be a person."""

        fields = {**not_personal("id", "meeting", "number", "title", "purpose", "removed_at"), **personal(LIFE, "presenter")}

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.DISCUSSION)
    presenter = models.CharField("who brings it", max_length=200, blank=True)

    class Meta:
        """In the order of the agenda."""

        ordering = ["number", "id"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Paper(Removable):
    """A paper for a meeting: a file, whose bytes are kept in the database, or the address of an issued report."""

    class Kind(models.TextChoices):
        """What sort of paper it is."""

        REPORT = "report", "Report"
        MINUTES = "minutes", "Minutes of the last meeting"
        PRESENTATION = "presentation", "Presentation"
        BACKGROUND = "background", "Background paper"

    class DataProtection:
        """What the file holds is not known to us; the form says that it must name no young person."""

        fields = {
            **not_personal("id", "meeting", "item", "number", "title", "kind", "address", "media_type", "size", "digest", "at",
                           "removed_at"),
            **personal(LIFE, "name", "content", "by"),
        }

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="papers")
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REPORT)
    address = models.CharField("address of an issued report", max_length=500, blank=True)
    name = models.CharField("name of the file", max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField("bytes", default=0)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    content = models.BinaryField(default=bytes, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """By number as printed."""

        ordering = ["number", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
