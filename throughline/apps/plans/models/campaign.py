"""A campaign: what it is to say to whom and when, what went out and whom it reached, and what people said when asked."""

from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.organisations.models import Party
from throughline.apps.plans.models.action import Action
from throughline.apps.plans.models.plan import LIFE, Plan
from throughline.apps.plans.models.removal import Removable


class Campaign(Removable):
    """One campaign of an authority, from a day to a day, for a plan and the actions of it that it carries out."""

    class DataProtection:
        """Who leads it may be a person."""

        fields = {
            **not_personal("id", "area", "title", "aim", "audience", "plan", "actions", "starts_on", "ends_on", "budget",
                           "removed_at"),
            **personal(LIFE, "lead"),
        }

    area = models.CharField(max_length=3, db_index=True)
    title = models.CharField(max_length=200)
    aim = models.TextField("what it is to change", blank=True)
    audience = models.CharField("for whom", max_length=200, blank=True)
    lead = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaigns")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaigns")
    actions = models.ManyToManyField(Action, blank=True, related_name="campaigns")
    starts_on = models.DateField()
    ends_on = models.DateField()
    budget = models.DecimalField("budget in pounds", max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        """The latest first."""

        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.title


class CampaignMessage(Removable):
    """A message that is planned for a day, and once it went out says when, how many it reached and what was sent.

    What was sent is a file, whose bytes are kept here, an address, or both.
    """

    class DataProtection:
        """What the file holds is not known to us; the form says that it must name no young person."""

        fields = {
            **not_personal("id", "campaign", "text", "channel", "audience", "planned_on", "sent_on", "reach", "reach_how",
                           "address", "media_type", "size", "digest", "removed_at"),
            **personal(LIFE, "who", "name", "content"),
        }

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField("the message")
    channel = models.CharField("how", max_length=100)
    audience = models.CharField("to whom", max_length=200, blank=True)
    planned_on = models.DateField("planned for")
    who = models.ForeignKey(Party, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaign_messages")
    sent_on = models.DateField("went out on", null=True, blank=True)
    reach = models.PositiveIntegerField("how many it reached", null=True, blank=True)
    reach_how = models.CharField("how that is known", max_length=200, blank=True)
    address = models.CharField("address of what was sent", max_length=500, blank=True)
    name = models.CharField("name of the file", max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField("bytes", default=0)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    content = models.BinaryField(default=bytes, blank=True)

    class Meta:
        """By the day planned."""

        ordering = ["planned_on", "id"]

    def __str__(self) -> str:
        return f"Message {self.pk} of {self.campaign}"

    @property
    def state(self) -> str:
        """Where it stands today: Went out, Not logged once its day is past, or Planned."""
        if self.sent_on:
            return "Went out"
        return "Not logged" if self.planned_on < timezone.localdate() else "Planned"


class CampaignResearch(Removable):
    """What came of asking people: the question, how they were asked, how many answered, what they said.

    figures are [words, how many said so] in the order given.
    """

    class DataProtection:
        """What people said may be about them."""

        fields = {
            **not_personal("id", "campaign", "asked_on", "question", "method", "answered", "figures", "removed_at"),
            **personal(LIFE, "said"),
        }

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="research")
    asked_on = models.DateField("asked on")
    question = models.TextField()
    method = models.CharField("how they were asked", max_length=300)
    answered = models.PositiveIntegerField("how many answered", null=True, blank=True)
    figures = models.JSONField(default=list, blank=True)
    said = models.TextField("what they said")

    class Meta:
        """In the order asked."""

        ordering = ["asked_on", "id"]

    def __str__(self) -> str:
        return f"Market research {self.pk} of {self.campaign}"

    @property
    def shares(self) -> list[tuple[str, int, float | None]]:
        """Each answer, how many gave it, and how many in a hundred of those who answered; None where that is not known."""
        return [(words, many, 100 * many / self.answered if self.answered else None) for words, many in self.figures]
