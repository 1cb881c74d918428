"""Where a learner lives, and lived."""

from django.db import models

from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner

NO_POSTCODE = "ZZ99 9ZZ"  # as the return has it for nobody's


class Address(Span):
    """An address for a time, with the district it lies in by its nine-character code. A protected one is shown to few."""

    class DataProtection:
        """All of it is about the learner."""

        fields = {**fact_fields(), **personal(LEARNER_LIFE, "line_1", "line_2", "line_3", "line_4", "town", "county", "postcode",
                                              "district", "protected")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="addresses")
    line_1 = models.CharField(max_length=100, blank=True)
    line_2 = models.CharField(max_length=100, blank=True)
    line_3 = models.CharField(max_length=100, blank=True)
    line_4 = models.CharField(max_length=100, blank=True)
    town = models.CharField(max_length=100, blank=True)
    county = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    district = models.CharField(max_length=9, blank=True)
    protected = models.BooleanField(default=False)

    class Meta:
        """The latest first."""

        ordering = ["-starts", "-id"]
        verbose_name_plural = "addresses"
        constraints = known_rules("address")
        indexes = [
            models.Index(fields=["learner", "-starts"], condition=models.Q(known_to=None), name="address_believed"),
            models.Index(fields=["postcode"], name="address_by_postcode"),
            models.Index(fields=["district"], name="address_by_district"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The address as an envelope has it."""
        parts = (self.line_1, self.line_2, self.line_3, self.line_4, self.town, self.county, self.postcode)
        return [part for part in parts if part and part != NO_POSTCODE]
