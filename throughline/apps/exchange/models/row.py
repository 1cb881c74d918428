"""One row of a delivery as it was understood: whom it is about, what it would change, what is in doubt."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from throughline.apps.accounts.dataprotection import SpecialCategory, not_personal, personal
from throughline.apps.exchange.models.delivery import STAGED_LIFE, Delivery
from throughline.apps.learners.models import Learner

_FREE = ("unmatched", "set_aside")  # of these nothing is in the register once their file is accepted


class Rows(models.QuerySet["Row"]):
    """Rows by what may yet come of them."""

    def only(self, *fields: str) -> "Rows":  # type: ignore[override]
        """Those fields alone, and of which delivery each is: without that, the rows of a delivery ask for it one by one."""
        return super().only("delivery", *fields)

    def may_be_recorded(self) -> "Rows":
        """Those of files that wait, left out or not, and those of accepted files that somebody may settle still."""
        free = Q(delivery__state=Delivery.State.ACCEPTED, outcome__in=_FREE, left_out=False)
        return self.filter(Q(delivery__state=Delivery.State.PREVIEWED) | free)


class Row(models.Model):
    """A row by its place in the file, counted from 1, and the line on which it begins, as others may. values are what it says
    (analytics/intake/said.py), changes what that changes as shown, problems what was not read or left: {"field", "value",
    "rule", "remedy"}, of a cell that was not understood with the place of its "column", from 0, which was taken for its field;
    of an activity that is asked about with its "code", since its "value" may be the file's own words;
    of a rule of the return with its "number" and "priority", "who" can put it right, and "others" that it
    clashes with: [identifier, place]; its "value" is one that the row says, and never which characteristics somebody has.
    counts_as is what whoever it is about would count as in the headline, once all of a list is accepted; empty for those whom it
    does not count, and on every row but one of theirs.

    only_traits says that all of its changes are of characteristics, so that some may be told of none of them.
    found says by what the learner was found, doubt why nobody was. settled is what an officer decided whom it is about; the name
    of whoever they linked it to changes only where takes_name says that they chose so. left_out says that nothing of it is to
    reach the register all the same, left_out_by whose decision that was. came_otherwise says that something else came of it for
    the register's sake when its delivery was last looked at again, or another of its rows was decided on since. Whoever is
    forgotten is forgotten here too: what a row says of them would be told to everybody once nothing shuts it.
    """

    class Outcome(models.TextChoices):
        """What comes, or came, of it."""

        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        SAME = "same", "The same"
        UNMATCHED = "unmatched", "Not matched"
        UNREADABLE = "unreadable", "Not read"
        SET_ASIDE = "set_aside", "Set aside"

    class Settled(models.TextChoices):
        """What an officer decided whom it is about."""

        NOT = "", "Not settled"
        LINKED = "linked", "Somebody in the register"
        NEW = "new", "Somebody new"
        ASIDE = "aside", "Set aside"

    class CountsAs(models.TextChoices):
        """What somebody whom the headline counts would count as in it."""

        KNOWN = "known", "Known"
        NOT_KNOWN = "not_known", "Not known"
        BEFORE = "before", "Of compulsory school age"

    class DataProtection:
        """All of it is about the young person, ethnic group and characteristics included, which problems may tell of."""

        fields = {
            **not_personal("id", "delivery", "place", "line", "outcome", "settled", "left_out", "takes_name",
                           "came_otherwise"),
            **personal(STAGED_LIFE, "only_traits", "learner", "found", "counts_as", "doubt", "settled_by", "left_out_by"),
            "values": SpecialCategory(keep=STAGED_LIFE),
            "changes": SpecialCategory(keep=STAGED_LIFE),
            "problems": SpecialCategory(keep=STAGED_LIFE),
        }

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(default=0)
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    learner = models.ForeignKey(Learner, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    only_traits = models.BooleanField("changes characteristics alone", default=False)
    problems = models.JSONField(default=list)
    counts_as = models.CharField("what they count as in the headline", max_length=10, choices=CountsAs.choices, blank=True)
    found = models.CharField(max_length=100, blank=True)
    doubt = models.CharField(max_length=200, blank=True)
    settled = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    takes_name = models.BooleanField("takes the name as the file has it", default=False)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    left_out = models.BooleanField("left out by hand", default=False)
    left_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    came_otherwise = models.BooleanField("came out otherwise when last looked at again", default=False)

    objects = Rows.as_manager()

    class Meta:
        """As the file has them."""

        ordering = ["delivery", "line", "id"]
        indexes = [models.Index(fields=["delivery", "outcome", "line"], name="row_by_outcome"),
                   models.Index(fields=["delivery"], condition=Q(only_traits=True), name="row_of_traits_alone")]

    def __str__(self) -> str:
        return f"L{self.line_in_words[1:]}"

    @property
    def line_in_words(self) -> str:
        """Where in the file it stands."""
        return self.delivery.line_in_words(self.line)

    @property
    def named(self) -> str:
        """The name that it gives; the identifier where it gives none."""
        name = " ".join(filter(None, (self.values.get("given"), self.values.get("family"))))
        return name or next(iter(self.values.get("identifiers", {}).values()), "No name")

    @property
    def settled_as(self) -> str:
        """What an officer decided whom it is about, in words; somebody of the register by their number."""
        who = f", number {self.learner.number}" if self.settled == Row.Settled.LINKED and self.learner else ""
        return f"{Row.Settled(self.settled).label.lower()}{who}"

    @property
    def may_be_settled(self) -> bool:
        """Whether somebody may say whom it is about, or say otherwise: nothing of it is in the register, nor is it left out."""
        free = self.delivery.state == Delivery.State.ACCEPTED and self.outcome in _FREE
        return not self.left_out and (self.delivery.waits or free)
