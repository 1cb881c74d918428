"""What the code lists room keeps: what officers have said otherwise than the files do."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.analytics.participation.stated import Amended, Place
from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.accounts.models import AUDIT_LIFE


class Amendment(models.Model):
    """Some columns of one code as an officer put them right, with the source; the latest that was not withdrawn holds."""

    class DataProtection:
        """Codes are about nobody; who amended them is about an officer."""

        fields = {
            **not_personal("id", "codeset", "code", "says", "reason", "made_at", "withdrawn_at"),
            **personal(AUDIT_LIFE, "made_by", "withdrawn_by"),
        }

    codeset = models.CharField("list", max_length=40)
    code = models.CharField(max_length=10)
    says = models.JSONField()  # column → what it says now, as printed
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first."""

        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["codeset", "code", "-made_at"], name="amendment_by_code")]

    def __str__(self) -> str:
        return f"{self.codeset} {self.code}"


class RuleAmendment(models.Model):
    """One number of a file of rules as officers say it otherwise; the latest that was not withdrawn holds.

    instead_of is what the file said when it was made: once the file says something else there, the amendment is void.
    """

    class DataProtection:
        """Rules are about nobody; who amended them is about an officer."""

        fields = {
            **not_personal("id", "file", "edition", "path", "instead_of", "value", "reason", "made_at", "withdrawn_at"),
            **personal(AUDIT_LIFE, "made_by", "withdrawn_by"),
        }

    file = models.CharField(max_length=40)
    edition = models.DateField("first day of the edition", null=True)  # none for what the file states whatever the day
    path = models.CharField(max_length=120)  # the keys that lead to the number, with dots between
    instead_of = models.JSONField()
    value = models.JSONField()
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """The latest first."""

        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["file", "edition", "path"], name="rule_amendment_by_place")]

    def __str__(self) -> str:
        return f"{self.file} {self.path}"

    @property
    def place(self) -> Place:
        """Where in its file the number stands."""
        return Place(self.edition, tuple(self.path.split(".")))

    @property
    def amended(self) -> Amended:
        """What it says, as it is laid over the file."""
        return Amended(self.place, self.instead_of, self.value)
