"""Whom to speak to about a learner, and what each may be told."""

from django.db import models

from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner


class Contact(Span):
    """Somebody to speak to for a time: the learner, a parent or carer, a worker."""

    class Who(models.TextChoices):
        """Who it is to the learner."""

        SELF = "self", "The young person"
        PARENT = "parent", "Parent"
        CARER = "carer", "Carer"
        RELATIVE = "relative", "Another relative"
        WORKER = "worker", "Social worker or other professional"
        SCHOOL = "school", "School, college or provider"
        OTHER = "other", "Somebody else"

    class MayBeTold(models.TextChoices):
        """What may be said to them. From 16 the young person may forbid all of it."""

        EVERYTHING = "everything", "Everything"
        ACTIVITY = "activity", "What the young person is doing, and no more"
        NOTHING = "nothing", "Nothing: they may only be asked"

    class DataProtection:
        """All of it is about the learner, or about whoever is to be spoken to."""

        fields = {**fact_fields(), **personal(LEARNER_LIFE, "who", "name", "phone", "email", "may_be_told", "note")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="contacts")
    who = models.CharField(max_length=10, choices=Who.choices, default=Who.SELF)
    name = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    may_be_told = models.CharField(max_length=10, choices=MayBeTold.choices, default=MayBeTold.ACTIVITY)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        """As they were added."""

        ordering = ["id"]
        constraints = known_rules("contact")

    def __str__(self) -> str:
        return self.name or self.get_who_display()
