"""Whether a learner belongs to the authority's cohort, and as what they left it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, SpanQuerySet, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner

IN_COHORT, TRANSFERRED = "P", "T"


class MembershipQuerySet(SpanQuerySet):
    """Memberships: what says who is of the cohort, wherever that is asked."""

    def in_cohort(self, day: date | None = None) -> Self:
        """Those by which somebody is of the cohort on a day (today): who has none of them is outside it."""
        return self.on(day).filter(status=IN_COHORT)


class Membership(Span):
    """A code of the list cohort_status for a time. A leaver's lasts to the end of the month it is reported in, and no longer.

    transferred_to is the authority that leads on them now, where the status says that they were transferred.
    """

    class DataProtection:
        """All of it is about the learner."""

        fields = {**fact_fields(), **personal(LEARNER_LIFE, "area", "status", "transferred_to")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="memberships")
    area = models.CharField(max_length=3)
    status = models.CharField(max_length=1, default=IN_COHORT)
    transferred_to = models.CharField(max_length=3, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        """The latest first."""

        ordering = ["-starts", "-id"]
        constraints = [
            *known_rules("membership"),
            models.UniqueConstraint(fields=["learner", "starts"], condition=Q(known_to=None), name="one_membership_a_day"),
        ]
        indexes = [models.Index(fields=["area", "status", "ends"], name="membership_by_area")]

    def __str__(self) -> str:
        return f"{self.status} in {self.area}"

    @property
    def belongs(self) -> bool:
        """Whether somebody is of the cohort by it, while it holds."""
        return self.status == IN_COHORT
