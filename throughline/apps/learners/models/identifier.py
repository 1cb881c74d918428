"""The numbers by which others know a learner."""

from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner


class Identifier(Span):
    """A number of one scheme. One that was replaced ends, and still finds the learner."""

    class Scheme(models.TextChoices):
        """Whose number it is."""

        UPN = "upn", "Unique pupil number"
        ULN = "uln", "Unique learner number"
        YOUNG_PERSONS_ID = "young_persons_id", "Young person's identifier of the return"
        PREVIOUS_YOUNG_PERSONS_ID = "previous_young_persons_id", "Young person's identifier of an earlier system or authority"
        PREVIOUS_UPN = "previous_upn", "Earlier unique pupil number"
        OTHER = "other", "Number of another system"

    class DataProtection:
        """All of it is about the learner."""

        fields = {**fact_fields(), **personal(LEARNER_LIFE, "scheme", "value")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=30, choices=Scheme.choices)
    value = models.CharField(max_length=30)

    class Meta:
        """By scheme, the latest first."""

        ordering = ["scheme", "-starts", "-id"]
        constraints = [
            *known_rules("identifier"),
            models.UniqueConstraint(fields=["learner", "scheme", "value"], condition=Q(known_to=None), name="each_number_once"),
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="identifier_by_value")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
