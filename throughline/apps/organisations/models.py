"""What the organisations room keeps: who may be asked to do something, and the boards that ask."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal

DIRECTORY_LIFE = "6 years after the entry is closed, as long as the plans that name it"


class Party(models.Model):
    """A person, a post or an organisation that a plan may name as an owner; one authority's directory entry."""

    class Kind(models.TextChoices):
        """What the entry stands for."""

        PERSON = "person", "Person"
        POST = "post", "Post"
        ORGANISATION = "organisation", "Organisation"

    class DataProtection:
        """A person's entry is about them; a post's and an organisation's may be."""

        fields = {
            **not_personal("id", "area", "kind", "organisation", "closed_on"),
            **personal(DIRECTORY_LIFE, "name", "email", "reports_to", "user"),
        }

    area = models.CharField(max_length=3, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.POST)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="people")
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reported_to_by")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="parties")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        """By name; two entries of one authority may share a name only if one is closed."""

        ordering = ["name", "id"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], condition=models.Q(closed_on=None), name="one_open_party_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Every code that stands for it, such as “HSI, JL”."""
        return ", ".join(sorted(code.code for code in self.codes.all()))


class PartyCode(models.Model):
    """Initials or a role code by which plans name a party: JL, HSI. A misprint of one may be kept beside it."""

    class DataProtection:
        """Initials point at a person."""

        fields = {**not_personal("id", "area", "party"), **personal(DIRECTORY_LIFE, "code")}

    area = models.CharField(max_length=3)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=20)

    class Meta:
        """A code stands for one party in an authority's directory."""

        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="one_party_a_code")]

    def __str__(self) -> str:
        return self.code


class PartyMerger(models.Model):
    """Two entries that were one: what was moved from the one to the other, so that it can be moved back.

    moved is {"app.Model.field": [the numbers of the rows that now point at kept]}; filled names the fields of kept that
    were empty and took what merged had.
    """

    class DataProtection:
        """Which entries turned out to be the same person is about that person."""

        fields = {
            **not_personal("id", "moved", "filled", "at", "undone_at"),
            **personal(DIRECTORY_LIFE, "kept", "merged", "by", "undone_by"),
        }

    kept = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="mergers_into")
    merged = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="mergers_away")
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]


class Board(models.Model):
    """A body that meets and decides: a board, a panel, a sub-group, a committee."""

    class Kind(models.TextChoices):
        """What sort of body it is."""

        PARTNERSHIP = "partnership", "Partnership"
        BOARD = "board", "Board"
        SUB_GROUP = "sub_group", "Sub-group"
        PANEL = "panel", "Elected members' panel"
        SCRUTINY = "scrutiny", "Scrutiny committee"
        CABINET = "cabinet", "Cabinet"
        MANAGEMENT = "management", "Management team"

    class DataProtection:
        """What a body is for, and nothing about its members."""

        fields = not_personal("id", "area", "name", "kind", "terms_of_reference", "reports_to", "meets", "review_on", "closed_on")

    area = models.CharField(max_length=3, db_index=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.BOARD)
    terms_of_reference = models.TextField(blank=True)
    reports_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="sub_groups")
    meets = models.CharField("how often it meets", max_length=100, blank=True)
    review_on = models.DateField("terms of reference reviewed by", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        """By name."""

        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], condition=models.Q(closed_on=None), name="one_open_board_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A party's seat on a board, from a day until a day; a seat that has ended stays readable."""

    class Capacity(models.TextChoices):
        """What the member is there."""

        CHAIR = "chair", "Chair"
        VICE_CHAIR = "vice_chair", "Vice-chair"
        SECRETARY = "secretary", "Secretary"
        MEMBER = "member", "Member"
        OBSERVER = "observer", "Observer"

    class DataProtection:
        """Who sat on a board is about the person."""

        fields = {**not_personal("id", "board"), **personal(DIRECTORY_LIFE, "party", "capacity", "since", "until")}

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="memberships")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.MEMBER)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    class Meta:
        """Chair first, as the choices have it, is the page's business; here by name."""

        ordering = ["party__name", "id"]

    def __str__(self) -> str:
        return f"{self.party}, {self.get_capacity_display()} of {self.board}"
