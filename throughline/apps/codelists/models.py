"""What the code lists room keeps: what officers have said otherwise than the files do."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils import timezone

from throughline.analytics.participation.codechanges import Change
from throughline.analytics.participation.codechanges import Place as PlaceInList
from throughline.analytics.participation.stated import Amended, Place
from throughline.apps.accounts.dataprotection import Declaration, not_personal, personal
from throughline.apps.accounts.models import AUDIT_LIFE, User
from throughline.apps.accounts.places import authority_name


def said_otherwise_fields() -> dict[str, Declaration]:
    """What every amendment has: files are about nobody; who said otherwise is about an officer."""
    return {**not_personal("id", "reason", "made_at", "withdrawn_at"), **personal(AUDIT_LIFE, "made_by", "withdrawn_by")}


class SaidOtherwiseQuerySet(models.QuerySet):
    """Amendments, of which those hold that were not withdrawn, and of two of one thing the later."""

    def standing(self) -> "SaidOtherwiseQuerySet":
        """Those that were not withdrawn, the earliest first, so that the latest is the last said."""
        return self.filter(withdrawn_at=None).select_related("made_by").order_by("made_at", "id")

    def history(self) -> list[Any]:
        """All of them, the latest first, withdrawn ones too, with whose they are; those are marked that a later one replaced."""
        found, said = list(self.select_related("made_by", "withdrawn_by")), set()
        for each in found:
            if each.withdrawn_at is None:
                each.is_replaced = each.of in said
                said.add(each.of)
        return found

    def withdraw(self, by: User | None) -> int:
        """Let what the file says hold again; answers how many were withdrawn. Within a transaction."""
        standing = self.select_for_update().filter(withdrawn_at=None)
        return standing.update(withdrawn_at=timezone.now(), withdrawn_by=by)

    def last_withdrawn(self) -> Any:
        """The one of these that was withdrawn last, None where none was."""
        return self.exclude(withdrawn_at=None).select_related("withdrawn_by").order_by("-withdrawn_at", "-id").first()

    def stamp(self) -> tuple:
        """What changes whenever something is said otherwise or an amendment withdrawn."""
        return tuple(self.aggregate(last=Max("id"), made=Max("made_at"), withdrawn=Max("withdrawn_at")).values())


class SaidOtherwise(models.Model):
    """Something that an officer says otherwise than a file of definitions; the latest that was not withdrawn holds."""

    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = SaidOtherwiseQuerySet.as_manager()
    is_replaced = False  # by a later one of the very same, where a history asked

    class Meta:
        """The latest first; only for those made from it."""

        abstract = True
        ordering = ["-made_at", "-id"]

    @property
    def of(self) -> Any:
        """What it is of: of two of the very same the later holds, and both are withdrawn at once."""
        return None

    @property
    def whose(self) -> str:
        """Who says so and for which authority they work, such as “Tara Ford, Trafford”."""
        return _called(self.made_by)

    @property
    def withdrawn_whose(self) -> str:
        """Who withdrew it and for which authority they work, once somebody did."""
        return _called(self.withdrawn_by)

    @property
    def authority(self) -> str:
        """The authority whose officer says so, by name; empty where it is not known."""
        return _authority_of(self.made_by)


def _called(officer: User | None) -> str:
    if officer is None:
        return "somebody who is no longer known"
    return ", ".join(filter(None, (officer.full_name, _authority_of(officer))))


def _authority_of(officer: User | None) -> str:
    return authority_name(officer.area) if officer and officer.area else ""


class Amendment(SaidOtherwise):
    """Some columns of a code as an officer says them, with the source: of one line as it always was, or from a day on; or all
    the columns of a code that the file has not, which is added.

    starts is the first day of the line of the file that is put right (none where it has none), or the day from which what is
    onward holds.
    """

    class DataProtection:
        """Codes are about nobody; who amended them is about an officer."""

        fields = {**said_otherwise_fields(), **not_personal("codeset", "code", "starts", "onward", "added", "says")}

    codeset = models.CharField("list", max_length=40)
    code = models.CharField(max_length=40)
    starts = models.DateField("first day", null=True)
    onward = models.BooleanField("from a day on", default=False)
    added = models.BooleanField("adds the code", default=False)
    says = models.JSONField()  # column → what it says now, as printed

    class Meta(SaidOtherwise.Meta):
        """The latest first."""

        indexes = [models.Index(fields=["codeset", "code", "-made_at"], name="amendment_by_code")]

    def __str__(self) -> str:
        return f"{self.codeset} {self.code}"

    @property
    def place(self) -> PlaceInList:
        """Where in its list it says otherwise."""
        return PlaceInList(self.code, self.starts, self.onward, self.added)

    @property
    def of(self) -> tuple[str, PlaceInList]:
        """Its place in its list."""
        return self.codeset, self.place

    @property
    def change(self) -> Change:
        """What it says, as it is laid over the list."""
        return Change(self.place, self.says)


class RuleAmendment(SaidOtherwise):
    """One number of a file of rules as officers say it otherwise, for all days or from the day starts on, with the source.

    instead_of is what the file said when it was made: once the file says something else there, the amendment is void.
    """

    class DataProtection:
        """Rules are about nobody; who amended them is about an officer."""

        fields = {
            **said_otherwise_fields(),
            **not_personal("file", "edition", "path", "instead_of", "value", "starts", "confidence", "source"),
        }

    file = models.CharField(max_length=40)
    edition = models.DateField("first day of the edition", null=True)  # none for what the file states whatever the day
    path = models.CharField(max_length=120)  # the keys that lead to the number, with dots between
    instead_of = models.JSONField()
    value = models.JSONField()
    starts = models.DateField("from which day on", null=True)  # none where it is said for all days of the edition
    confidence = models.CharField(max_length=10, blank=True)  # as the file has it where nobody said: high, medium or low
    source = models.CharField(max_length=300, blank=True)

    class Meta(SaidOtherwise.Meta):
        """The latest first."""

        indexes = [models.Index(fields=["file", "edition", "path"], name="rule_amendment_by_place")]

    def __str__(self) -> str:
        return f"{self.file} {self.path}"

    @property
    def place(self) -> Place:
        """Where in its file the number stands."""
        return Place(self.edition, tuple(self.path.split(".")))

    @property
    def of(self) -> tuple[str, Place, date | None]:
        """Its number, and the day from which it says it."""
        return self.file, self.place, self.starts

    @property
    def amended(self) -> Amended:
        """What it says, as it is laid over the file."""
        return Amended(self.place, self.instead_of, self.value, self.starts)
