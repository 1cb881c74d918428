"""One file about young people as it came, what was made of it, and what was decided."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.analytics.learnerlists.sheets import line_in_words, place_of
from throughline.apps.accounts.dataprotection import not_personal, personal
from throughline.apps.learners.models import Source

STAGED_LIFE = "90 days after somebody decides on the file, or it came and nobody does: kept_days of definitions/rules/intake.toml"
DELIVERY_LIFE = "7 years, so that what came of a file can be explained"


class Delivery(models.Model):
    """A file of one authority's. Nothing of it reaches the register before it is accepted.

    establishment is whose list it is, and sent says that they sent it themselves, so that its rows speak of nowhere else; as_at
    is the day it speaks of, dated_by how that was known. constants are what holds for everybody on it, by field of the list
    vocabulary; headings are its columns, called Column 1, Column 2 and so on where no_headings says
    that its first row is somebody, and mapping the field of each by its place, counted from 0; words are codes of activities
    by what was said that words of the list mean, which the vocabulary has not. counts are of rows by
    outcome. passed_over has [line, why] of lines that were taken for nobody, and [None, why] of sheets that were not read.
    rejected says why the department would take none of a return as it stands; empty where it would. stands_since is when it was
    last read, or one of its rows decided on, and compared_at the moment as of which it was compared with the register;
    compared_by tells whether the rules and code lists are amended as they were then, and is empty of one that was compared before
    that was kept. broken
    are the rules of the return that its records break, or those of whom a list adds or changes: {"rule", "priority", "who" can
    put it right, "words" of the rule, "many" records}; could_fall is how far the headline of those whom it speaks of could fall
    were all put right, and rise: {"cohort", "points" by who, or all, "rises" likewise, where that was counted}.
    noticed is what is told of a list before anybody decides on it: "days", what in it speaks of another day than the one that
    was taken; "totals" that are not the number of its rows; that its headings may be "somebody"; and why columns are "unused",
    by their place; and the "sheets" of a workbook that are one list, where it has several: [name, lines before it].
    The same bytes wait or are accepted once. Its bytes are kept in pieces, and are gone once it was forgotten.
    """

    class Kind(models.TextChoices):
        """What sort of file it is."""

        RETURN = "return", "The department’s return"
        SURVEY = "survey", "The activity survey"
        LIST = "list", "A list of young people"

    class State(models.TextChoices):
        """What became of it."""

        PREVIEWED = "previewed", "Waiting for a decision"
        ACCEPTED = "accepted", "Accepted"
        DISCARDED = "discarded", "Discarded"
        UNDONE = "undone", "Undone"

    class DatedBy(models.TextChoices):
        """How the day that a file speaks of was known."""

        SAID = "said", "as was said of it"
        ABOVE = "above", "as it says above its headings"
        NAME = "name", "as the file’s name says"
        ITSELF = "itself", "as a file of its kind is"
        TODAY = "today", "the day it came, since it says none"

    class DataProtection:
        """The file is about the young people in it; its name may be too."""

        fields = {
            **not_personal("id", "area", "kind", "digest", "size", "establishment", "sent", "as_at", "dated_by", "constants",
                           "no_headings", "mapping", "signature", "state", "counts", "broken", "could_fall", "source",
                           "at", "stands_since", "compared_at", "compared_by", "settled_at", "forgotten_at"),
            **personal(STAGED_LIFE, "passed_over", "rejected", "words", "headings", "noticed"),
            **personal(DELIVERY_LIFE, "name", "by", "settled_by"),
        }

    area = models.CharField(max_length=3, db_index=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LIST)
    name = models.CharField("name of the file", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("bytes")
    establishment = models.CharField("establishment number of whose list it is", max_length=7, blank=True)
    sent = models.BooleanField("sent by those whose list it is", default=False)
    as_at = models.DateField("day it speaks of")
    dated_by = models.CharField("how that day was known", max_length=10, choices=DatedBy.choices, default=DatedBy.SAID)
    constants = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    no_headings = models.BooleanField("its first row is somebody and no headings", default=False)
    mapping = models.JSONField(default=dict)
    words = models.JSONField("what words in it mean", default=dict)
    signature = models.CharField(max_length=64, blank=True)
    passed_over = models.JSONField(default=list)
    rejected = models.TextField("why the department would reject it", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    counts = models.JSONField(default=dict)
    broken = models.JSONField(default=list)
    could_fall = models.JSONField(default=dict)
    noticed = models.JSONField(default=dict)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    stands_since = models.DateTimeField("last read or put right", default=timezone.now)
    compared_at = models.DateTimeField("register compared as of", default=timezone.now)
    compared_by = models.CharField("rules and code lists compared by", max_length=200, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ["-at", "-id"]
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["area", "digest"], condition=models.Q(state__in=["previewed", "accepted"]),
                                               name="each_file_brought_in_once")]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.state == self.State.PREVIEWED

    @property
    def mark(self) -> str:
        """What it is known again by as it stands: how it is understood, and since when it stands so."""
        stands = [self.kind, self.establishment, self.as_at.isoformat(), self.mapping, self.constants,
                  self.stands_since.astimezone(UTC).isoformat()]
        return hashlib.sha256(json.dumps(stands, sort_keys=True).encode()).hexdigest()

    @property
    def rows_read(self) -> int:
        """How many rows somebody can be named by."""
        return sum(many for outcome, many in self.counts.items() if outcome != "unreadable")

    @property
    def whose_number(self) -> str:
        """The number by which it was said whose list it is."""
        return self.constants.get("ukprn", "") or self.establishment

    @property
    def lists_a_place(self) -> bool:
        """Whether it is the list of a school, college or provider, and no survey and no list of the authority's own."""
        return self.kind == self.Kind.LIST and bool(self.whose_number)

    @property
    def is_return(self) -> bool:
        """Whether it is the department's return, whose columns need no mapping."""
        return self.kind == self.Kind.RETURN

    @property
    def asks_its_day(self) -> bool:
        """Whether something in it speaks of another day than the one that was taken, and nobody has said which it is."""
        return bool(self.noticed.get("days"))

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The columns: place, heading, what it is called, field, and why it is not used where it is not."""
        unused = self.noticed.get("unused", {})
        return [{"place": place, "heading": heading, "called": self.called(place), "field": self.mapping.get(str(place), ""),
                 "why": unused.get(str(place), "")} for place, heading in enumerate(self.headings)]

    @property
    def sheets(self) -> list[tuple[str, int]]:
        """The sheets of a workbook that are one list, where it has several: what each is called, and the lines before it."""
        return [(name, before) for name, before in self.noticed.get("sheets", ())]

    def place_of(self, line: int) -> tuple[str, int]:
        """The sheet that a line is on, empty where there is one only, and the line as that sheet counts it."""
        return place_of(line, self.sheets)

    def line_in_words(self, line: int) -> str:
        """A line as somebody finds it in the file: with the sheet that it is on, where there are several."""
        return line_in_words(line, self.sheets)

    @property
    def unread_sheets(self) -> list[str]:
        """The sheets of a list of which nothing was read, and what to do, each in a sentence."""
        return [] if self.is_return else [why for line, why in self.passed_over if line is None]

    def called(self, place: int) -> str:
        """What the column in a place, from 0, is called: by its heading, or by its number, counted from 1, where it has none."""
        heading = self.headings[place] if place < len(self.headings) else ""
        return heading or f"Column {place + 1}, without a heading"
