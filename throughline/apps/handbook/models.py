"""What the handbook keeps: its pages, and every edition of each, of which none is overwritten."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.organisations.models import Party

LIFE = "6 years after another edition took its place"


class HandbookPage(models.Model):
    """One page of an authority's handbook; what it says stands in its editions."""

    class DataProtection:
        """Whose page it is, and nothing about a person."""

        fields = not_personal("id", "area", "removed_at")

    area = models.CharField(max_length=3, db_index=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order in which they were made."""

        ordering = ["id"]

    def __str__(self) -> str:
        """The title of its newest edition; queries.titled asks for those of many at once."""
        return getattr(self, "newest_title", None) or self.newest.title

    @property
    def newest(self) -> "PageEdition":
        """The edition saved last, in force or not yet."""
        return self.editions.order_by("-number").first()

    def in_force(self, day: date) -> "PageEdition | None":
        """The edition that holds on a day: of those in force by then the one with the latest day, saved last."""
        return self.editions.filter(starts_on__lte=day).order_by("-starts_on", "-number").first()


class PageEdition(models.Model):
    """A page as somebody saved it: what it says, from when, for which tasks, and what is other than in the edition before.

    body is Markdown. tasks are ids of throughline/apps/handbook/tasks.py.
    """

    class DataProtection:
        """Words of an authority; who owns and who saved them may be a person."""

        fields = {
            **not_personal("id", "page", "number", "title", "service", "audience", "body", "tasks", "starts_on", "review_on",
                           "change", "at"),
            **personal(LIFE, "owner", "by"),
        }

    page = models.ForeignKey(HandbookPage, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    service = models.CharField(max_length=100)
    audience = models.CharField("for whom", max_length=200, blank=True)
    body = models.TextField()
    tasks = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="handbook_editions")
    starts_on = models.DateField("in force from")
    review_on = models.DateField("next review")
    change = models.TextField("what changed", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Each page's newest first."""

        ordering = ["page_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_edition_a_number")]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.number}"

    @property
    def past_review(self) -> bool:
        """Whether somebody should have looked it over by now."""
        return self.review_on < timezone.localdate()

    @property
    def not_yet(self) -> bool:
        """Whether it comes into force on a later day."""
        return self.starts_on > timezone.localdate()
