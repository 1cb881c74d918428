"""Where what we believe of learners came from: somebody who told us, a file, or a return."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models.fact import LEARNER_LIFE


class Source(models.Model):
    """One source. Somebody who tells us things is one source for all they tell; a file is one each time it is read in."""

    class Kind(models.TextChoices):
        """What sort of source it is."""

        PERSON = "person", "Somebody told us"
        IMPORT = "import", "A file"
        RETURN = "return", "A return"

    OF_A_PLACE = "School, college or provider"  # what it is called where one told us

    class DataProtection:
        """Who brought a file in, or undid it, is about that person; what is in it is declared where it is kept."""

        fields = {
            **not_personal("id", "area", "kind", "name", "reference", "at", "lists_a_place", "undone_at"),
            **personal(LEARNER_LIFE, "made_by", "undone_by"),
        }

    area = models.CharField(max_length=3)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=200)  # “Parent or carer”, “Saltmere College starters, October”
    reference = models.CharField(max_length=100, blank=True)  # a file's digest, or a return's month
    at = models.DateTimeField(default=timezone.now)
    lists_a_place = models.BooleanField("the list of a school, college or provider", default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)  # the moment at which all that a file brought ceased to be believed
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """The newest first."""

        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["area", "kind", "name"], name="source_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def speaks_for_a_place(self) -> bool:
        """Whether a school, college or provider tells by it: as somebody who told us, or by its list."""
        return self.lists_a_place or (self.kind == self.Kind.PERSON and self.name == self.OF_A_PLACE)

    def was_undone(self, at: datetime | None) -> bool:
        """Whether this is a file that was undone as a whole at a moment."""
        return self.undone_at is not None and self.undone_at == at
