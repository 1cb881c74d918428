"""The council's contracts, what they ask of a supplier about apprenticeships, and the places reported under them."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.organisations.models import Party
from throughline.apps.organisations.queries import SOON
from throughline.apps.plans.models import Action
from throughline.apps.plans.models.removal import Removable

LIFE = "6 years after the contract ends"


class Contract(Removable):
    """A contract of the council; asks says whether it expects apprenticeship places, and why where none are asked.

    places is how many are expected in all, places_a_year how many in each year of the contract; either or both may be known.
    """

    class Asks(models.TextChoices):
        """What it asks of the supplier about apprenticeships."""

        PLACES = "places", "Apprenticeship places are expected"
        NONE = "none", "None are asked for"
        NOT_LOOKED = "not_looked", "Not looked at yet"

    class DataProtection:
        """Who leads it; a supplier may be a person in the directory."""

        fields = {
            **not_personal("id", "area", "title", "number", "value", "starts_on", "ends_on", "review_on", "asks", "places",
                           "places_a_year", "why_none", "action", "note", "removed_at"),
            **personal(LIFE, "supplier", "lead"),
        }

    area = models.CharField(max_length=3, db_index=True)
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=60, blank=True)
    supplier = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="contracts_supplied")
    lead = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="contracts_led")
    value = models.DecimalField("pounds over its whole life", max_digits=14, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    asks = models.CharField(max_length=10, choices=Asks.choices, default=Asks.NOT_LOOKED)
    places = models.PositiveIntegerField("places expected in all", null=True, blank=True)
    places_a_year = models.PositiveIntegerField("places expected in each year", null=True, blank=True)
    why_none = models.TextField("why none are asked for", blank=True)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="contracts")
    note = models.TextField(blank=True)

    class Meta:
        """By title."""

        ordering = ["title", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def stage(self, on: date) -> str:
        """Whether it has begun or is over on a day: To come, Running or Ended. Its last day counts."""
        if on < self.starts_on:
            return "To come"
        return "Running" if self.ends_on is None or on <= self.ends_on else "Ended"

    def review(self, on: date) -> str:
        """Whether it is to be reviewed: "overdue", "soon", "later", or "" when no day is set or it is over."""
        if self.review_on is None or self.stage(on) == "Ended":
            return ""
        if self.review_on < on:
            return "overdue"
        return "soon" if self.review_on <= on + SOON else "later"

    @property
    def last_day(self) -> date | None:
        """Its last day, never before its first."""
        return self.ends_on and max(self.ends_on, self.starts_on)

    @property
    def days(self) -> int | None:
        """How many days it runs, its first and last among them."""
        return (self.last_day - self.starts_on + timedelta(days=1)).days if self.last_day else None


class PlacesCount(Removable):
    """How many apprenticeship places a supplier had offered, started and completed by a day, counted from the beginning.

    What is not known is empty. An entry is never changed: a later one follows it, and a wrong one is taken away.
    """

    class DataProtection:
        """Who typed it."""

        fields = {
            **not_personal("id", "contract", "as_at", "offered", "started", "completed", "source", "at", "removed_at"),
            **personal(LIFE, "by"),
        }

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="counts")
    as_at = models.DateField()
    offered = models.PositiveIntegerField(null=True, blank=True)
    started = models.PositiveIntegerField(null=True, blank=True)
    completed = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The latest first."""

        ordering = ["-as_at", "-id"]

    def __str__(self) -> str:
        return f"Places as at {self.as_at:%d/%m/%Y}"
