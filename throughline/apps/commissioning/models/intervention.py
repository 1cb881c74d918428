"""What is commissioned under a priority: by whom, for whom, for how much, what has been spent, and what it changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.commissioning.models.year import Priority
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Party
from throughline.apps.plans.models import Action
from throughline.apps.plans.models.plan import LIFE
from throughline.apps.plans.models.removal import Removable


class Intervention(Removable):
    """One thing that is bought or paid for: who provides it, whom it is for, from when until when, how success is known.

    action is the plan's action that it belongs to, indicator the one of the register that should move.
    """

    class DataProtection:
        """The provider is an organisation of the directory; an entry there may be a person."""

        fields = {
            **not_personal("id", "priority", "title", "who_for", "starts_on", "ends_on", "action", "indicator", "success",
                           "removed_at"),
            **personal(LIFE, "provider"),
        }

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="interventions")
    title = models.CharField("what is commissioned", max_length=300)
    provider = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="interventions")
    who_for = models.TextField("whom it is for", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="interventions")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.SET_NULL, related_name="interventions")
    success = models.TextField("how success is known", blank=True)

    class Meta:
        """In the order in which they begin."""

        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return self.title


class PlannedSpend(Removable):
    """What is to be spent on it from one fund."""

    class DataProtection:
        """Money, not people."""

        fields = not_personal("id", "intervention", "fund", "amount", "removed_at")

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="planned")
    fund = models.CharField("where the money comes from", max_length=100)
    amount = models.DecimalField("pounds", max_digits=12, decimal_places=2)

    class Meta:
        """As typed."""

        ordering = ["id"]

    def __str__(self) -> str:
        return f"£{self.amount:,.2f} planned from {self.fund}"


class SpendEntry(Removable):
    """What was spent on a day. It is never changed: a mistake is taken away, stays readable and is entered again."""

    class DataProtection:
        """Who typed it."""

        fields = {
            **not_personal("id", "intervention", "fund", "on", "amount", "note", "at", "removed_at"), **personal(LIFE, "by"),
        }

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="spent")
    fund = models.CharField("where the money comes from", max_length=100)
    on = models.DateField()
    amount = models.DecimalField("pounds", max_digits=12, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest first."""

        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"£{self.amount:,.2f} spent from {self.fund}"


class ImpactStatement(Removable):
    """What an intervention has changed by a day, who said so and on what evidence. It is never changed: another follows it."""

    class Rating(models.TextChoices):
        """Whether it made the difference that was wanted."""

        MADE = "made", "Made the difference"
        PARTLY = "partly", "Made some difference"
        NONE = "none", "Made no difference"
        EARLY = "early", "Too early to say"

    class DataProtection:
        """Who said it and who typed it."""

        fields = {
            **not_personal("id", "intervention", "on", "rating", "statement", "evidence", "at", "removed_at"),
            **personal(LIFE, "said_by", "by"),
        }

    intervention = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="impact")
    on = models.DateField()
    rating = models.CharField(max_length=10, choices=Rating.choices)
    statement = models.TextField()
    said_by = models.CharField("who says so, as printed", max_length=200)
    evidence = models.TextField("on what evidence")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest first: that is the one that counts."""

        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"Impact: {self.get_rating_display()}"
