"""A year's commissioning plan: what is needed, with the figure that shows it, and the year's priorities that follow from it."""

from datetime import date

from django.db import models

from throughline.apps.accounts.dataprotection import not_personal
from throughline.apps.indicators.models import Indicator
from throughline.apps.organisations.models import Board
from throughline.apps.plans.models import Plan
from throughline.apps.plans.models.removal import Removable


class CommissioningPlan(Removable):
    """What an authority and its partners buy in one year: a draft until a named board agrees it, at last reported to one.

    first_year is the year in which the academic or financial year begins; plan is the plan that it serves.
    """

    class YearType(models.TextChoices):
        """When the year begins."""

        ACADEMIC = "academic", "Academic year, September to August"
        FINANCIAL = "financial", "Financial year, April to March"

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"
        REPORTED = "reported", "Reported"

    class DataProtection:
        """Words of an authority."""

        fields = not_personal("id", "area", "title", "year_type", "first_year", "plan", "about", "state", "agreed_by",
                              "agreed_on", "agreed_note", "reported_to", "reported_on", "removed_at")

    area = models.CharField(max_length=3, db_index=True)
    title = models.CharField(max_length=300)
    year_type = models.CharField(max_length=10, choices=YearType.choices, default=YearType.ACADEMIC)
    first_year = models.PositiveSmallIntegerField("the year it begins in")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="commissioning")
    about = models.TextField("what it is for, and how the needs were found", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    agreed_by = models.ForeignKey(Board, null=True, blank=True, on_delete=models.PROTECT, related_name="commissioning_agreed")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_note = models.TextField(blank=True)
    reported_to = models.ForeignKey(Board, null=True, blank=True, on_delete=models.PROTECT, related_name="commissioning_reported")
    reported_on = models.DateField(null=True, blank=True)

    class Meta:
        """The latest year first."""

        ordering = ["-first_year", "title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> str:
        """The year as it is printed, such as 2026/27."""
        return f"{self.first_year}/{(self.first_year + 1) % 100:02d}"

    @property
    def starts_on(self) -> date:
        """The first day of the year."""
        return date(self.first_year, 9 if self.year_type == self.YearType.ACADEMIC else 4, 1)

    @property
    def is_draft(self) -> bool:
        """Whether needs, priorities and what is commissioned may still be changed."""
        return self.state == self.State.DRAFT


class Need(Removable):
    """Something that is needed, and what shows it: an indicator of the register, a published measure, or evidence in words.

    figure_then is what the figure was when a board agreed the year's plan, as everybody who reads plans may be told.
    """

    class DataProtection:
        """Words of an authority, and figures of many."""

        fields = not_personal("id", "year", "number", "what", "indicator", "measure", "evidence", "source", "figure_then",
                              "removed_at")

    year = models.ForeignKey(CommissioningPlan, on_delete=models.CASCADE, related_name="needs")
    number = models.PositiveSmallIntegerField()
    what = models.TextField("what is needed")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.SET_NULL, related_name="needs")
    measure = models.CharField("published measure", max_length=80, blank=True)
    evidence = models.TextField("what shows it, in words", blank=True)
    source = models.CharField("where that is from", max_length=300, blank=True)
    figure_then = models.TextField("the figure when it was agreed", blank=True)

    class Meta:
        """As numbered."""

        ordering = ["number", "id"]

    def __str__(self) -> str:
        return f"Need {self.number}"


class Priority(Removable):
    """What the year is to put first, because of one need or several."""

    class DataProtection:
        """Words of an authority."""

        fields = not_personal("id", "year", "number", "title", "difference", "needs", "removed_at")

    year = models.ForeignKey(CommissioningPlan, on_delete=models.CASCADE, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    difference = models.TextField("the difference it should make", blank=True)
    needs = models.ManyToManyField(Need, blank=True, related_name="priorities")

    class Meta:
        """As numbered."""

        ordering = ["number", "id"]

    def __str__(self) -> str:
        return f"Priority {self.number}"
