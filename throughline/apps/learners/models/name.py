"""What a learner is called, and was called before."""

from typing import Any

from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import personal
from throughline.apps.learners.models.fact import LEARNER_LIFE, Span, fact_fields, known_rules
from throughline.apps.learners.models.learner import Learner
from throughline.core.letters import plain_letters


def folded(words: str) -> str:
    """Words as they are searched for: small letters only, without accents, apostrophes or hyphens; spaces are kept single."""
    plain = plain_letters(words.replace("-", " "))
    return " ".join("".join(letter for letter in plain if letter.isalnum() or letter == " ").split())


class FoldedName(models.CharField):
    """The name as it is searched for, made whenever a row is added, many at once included."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Family name first, since lists are by it."""
        sought = folded(f"{model_instance.family} {model_instance.given} {model_instance.middle}")[: self.max_length]
        setattr(model_instance, self.attname, sought)
        return sought


class Name(Span):
    """A name of a learner for a time. The legal one that goes on is the one they are listed by."""

    class Kind(models.TextChoices):
        """What sort of name it is."""

        LEGAL = "legal", "Legal name"
        KNOWN_AS = "known_as", "Known as"

    class DataProtection:
        """All of it is about the learner."""

        fields = {**fact_fields(), **personal(LEARNER_LIFE, "given", "middle", "family", "kind", "sought")}

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LEGAL)
    given = models.CharField(max_length=100)
    middle = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=100)
    sought = FoldedName(max_length=300, editable=False)

    class Meta:
        """The latest first."""

        ordering = ["-starts", "-id"]
        constraints = [
            *known_rules("name"),
            models.UniqueConstraint(fields=["learner", "kind"], condition=Q(known_to=None, ends=None), name="one_name_of_a_kind"),
        ]
        indexes = [models.Index(fields=["sought"], name="name_as_sought")]

    def __str__(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def in_full(self) -> str:
        """Every part of it."""
        return " ".join(part for part in (self.given, self.middle, self.family) if part)

    @property
    def listed(self) -> str:
        """As a list has it: family name first."""
        return f"{self.family}, {self.given}"
