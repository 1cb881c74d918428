"""What holds of a learner for a time: a characteristic of the return's, or plans, support and the like that are ours."""

from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import SpecialCategory
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner


class Trait(Span):
    """A code of the list characteristic or of own_trait, for a time."""

    class DataProtection:
        """Health, family and offences: the law's special categories and what is kept as if it were of them."""

        fields = {**fact_fields(), "trait": SpecialCategory(keep=LEARNER_LIFE)}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="traits")
    trait = models.CharField(max_length=20)

    class Meta:
        """By code, the latest first."""

        ordering = ["trait", "-starts", "-id"]
        constraints = [
            *known_rules("trait"),
            models.UniqueConstraint(fields=["learner", "trait", "starts"], condition=Q(known_to=None), name="one_trait_a_day"),
        ]

    def __str__(self) -> str:
        return self.trait
