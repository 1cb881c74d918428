"""What the reading room keeps: reports being written, and reports as they were issued."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.commissioning.models import CommissioningPlan
from throughline.apps.organisations.models import Board
from throughline.apps.plans.models import Plan
from throughline.apps.plans.models.removal import Removable

LIFE = "as long as the minutes of the board it was issued to"


class DraftReport(Removable):
    """A report being written under an outline; texts holds what its author added to each part, by the part's id.

    It is on a plan or on a year's commissioning plan, as its outline says.
    What the system fills in is worked out afresh each time the draft is looked at, as at its day.
    """

    class DataProtection:
        """An author's words about a plan."""

        fields = {
            **not_personal("id", "area", "outline", "title", "board", "plan", "commissioning", "as_at", "texts", "left_out",
                           "made_at", "changed_at", "removed_at"),
            **personal(LIFE, "made_by"),
        }

    area = models.CharField(max_length=3, db_index=True)
    outline = models.CharField(max_length=60)  # the name of a file in definitions/reports
    title = models.CharField(max_length=300)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="report_drafts")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="report_drafts")
    commissioning = models.ForeignKey(CommissioningPlan, null=True, on_delete=models.CASCADE, related_name="report_drafts")
    as_at = models.DateField(default=timezone.localdate)
    texts = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return self.title


class IssuedReport(models.Model):
    """A report as it was issued: its page and files, byte for byte. It is never changed."""

    class DataProtection:
        """A plan's words, which may name the owners of its actions."""

        fields = {
            **not_personal("id", "area", "outline", "title", "board", "plan", "commissioning", "as_at", "number", "media",
                           "issued_at", "note", "standing"),
            **personal(LIFE, "page", "word", "excel", "pdf", "content", "issued_by"),
        }

    area = models.CharField(max_length=3, db_index=True)
    outline = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="reports")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.SET_NULL, related_name="reports")
    commissioning = models.ForeignKey(CommissioningPlan, null=True, on_delete=models.SET_NULL, related_name="reports")
    as_at = models.DateField()
    number = models.PositiveIntegerField()  # in the order issued to a board
    content = models.JSONField()  # the parts and their blocks, for the next report to be compared with
    standing = models.JSONField(default=dict)  # each action's rating and each indicator's status then, by id
    page = models.TextField()
    word = models.BinaryField()
    excel = models.BinaryField()
    pdf = models.BinaryField(null=True)  # none where the machine could lay out no PDF on the day
    media = models.JSONField(default=dict)  # SHA-256 of each file
    note = models.TextField(blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first; a board's reports are numbered."""

        ordering = ["-issued_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="one_number_a_report_of_a_board")]

    def __str__(self) -> str:
        return self.title
