"""What the indicators room keeps: what plans promise to move, from where, to where, and who judged what cannot be counted."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal

LIFE = "as long as the indicator, so that the past can be explained"


class Indicator(models.Model):
    """One line of an authority's indicator register; every change to it is kept as an IndicatorChange.

    measure is the id of a definition whose figures it follows; "" when its values are entered here by hand.
    target is the parsed meaning of target_words, as analytics.targets gives it. An authority may print one number twice.
    """

    class State(models.TextChoices):
        """Where the indicator stands in the register."""

        ACTIVE = "active", "Active"
        MERGED = "merged", "Merged into another"
        RETIRED = "retired", "Retired"
        WITHDRAWN = "withdrawn", "Taken out with its plan"

    class Confidence(models.TextChoices):
        """How far the figure can be relied on."""

        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"
        UNKNOWN = "", "Not said"

    class Counts(models.TextChoices):
        """What is counted where values are entered by hand: small counts of people are suppressed."""

        PEOPLE = "people", "Young people"
        THINGS = "things", "Schools, places, events and other things"

    class DataProtection:
        """Numbers and words about groups, never about one person."""

        fields = {
            **not_personal(
                "id", "area", "number", "title", "definition", "cohort", "unit", "decimals", "polarity", "measure",
                "breakdown", "group", "source", "confidence", "counts", "baseline_printed", "baseline_value",
                "baseline_period", "target_words", "target", "due_printed", "due_on", "status_printed", "state", "state_reason",
                "merged_into", "made_at",
            ),
            **personal(LIFE, "made_by"),
        }

    area = models.CharField(max_length=3, db_index=True)
    number = models.CharField("number as printed", max_length=40, blank=True)
    title = models.CharField(max_length=400)
    definition = models.TextField(blank=True)
    cohort = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(default=1)
    polarity = models.CharField(max_length=20, blank=True)  # the value of one in core.polarity
    measure = models.CharField(max_length=100, blank=True)
    breakdown = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence.choices, blank=True, default=Confidence.UNKNOWN)
    counts = models.CharField(max_length=10, choices=Counts.choices, default=Counts.PEOPLE)
    baseline_printed = models.CharField(max_length=300, blank=True)
    baseline_value = models.FloatField(null=True, blank=True)
    baseline_period = models.CharField(max_length=60, blank=True)
    target_words = models.TextField(blank=True)
    target = models.JSONField(default=dict, blank=True)
    due_printed = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status_printed = models.CharField("status as the plan prints it", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    state_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_from")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """As registered."""

        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class IndicatorChange(models.Model):
    """One amendment, renumbering, merger, retirement or return, with its reason; before and after hold the fields changed."""

    class Kind(models.TextChoices):
        """What was done."""

        CREATED = "created", "Registered"
        AMENDED = "amended", "Amended"
        RENUMBERED = "renumbered", "Renumbered"
        MERGED = "merged", "Merged"
        RETIRED = "retired", "Retired"
        WITHDRAWN = "withdrawn", "Taken out with its plan"
        RESTORED = "restored", "Brought back"

    class DataProtection:
        """Who changed it."""

        fields = {**not_personal("id", "indicator", "kind", "reason", "before", "after", "at"), **personal(LIFE, "by")}

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]


class TrajectoryPoint(models.Model):
    """One cell of a year-by-year table; value is None where the cell is empty or cannot be read, and stays so."""

    class Kind(models.TextChoices):
        """What the cell promises."""

        TRAJECTORY = "trajectory", "Trajectory"
        TARGET = "target", "Target"
        ARROW = "arrow", "Direction of travel"  # a grid that prints an arrow and no figure

    class DataProtection:
        """Promised numbers."""

        fields = not_personal("id", "indicator", "period", "kind", "printed", "value", "note", "position")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="trajectory")
    period = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TARGET)
    printed = models.CharField(max_length=60, blank=True)
    value = models.FloatField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """In the order printed."""

        ordering = ["position", "id"]


class IndicatorBreak(models.Model):
    """A period from which the indicator's figures may not be set beside earlier ones, and why."""

    class DataProtection:
        """A note about a series."""

        fields = not_personal("id", "indicator", "period", "reason", "removed_at")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breaks")
    period = models.CharField(max_length=60)
    reason = models.TextField()
    removed_at = models.DateTimeField(null=True, blank=True)  # taken back; can be put back


class IndicatorValue(models.Model):
    """A figure entered by hand for an indicator that follows no measure; the newest row of a period counts."""

    class DataProtection:
        """Counts of groups; who entered them."""

        fields = {
            **not_personal("id", "indicator", "period", "numerator", "denominator", "value", "status", "comparators", "evidence",
                           "withdrawn", "at"),
            **personal(LIFE, "by"),
        }

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    period = models.CharField(max_length=60)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=20, default="final")  # the value of one in core.statuses
    comparators = models.JSONField(default=dict, blank=True)  # {"england": 5.3, "neighbours": 5.0, "group": …} typed beside it
    evidence = models.TextField(blank=True)
    withdrawn = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]


class Judgement(models.Model):
    """A person's word on an indicator at a day: on a milestone, or instead of the rating the system proposed.

    proposed_* is what the system said then, with its sum; both are kept. The newest row counts.
    """

    class DataProtection:
        """Who judged, and what they wrote about the indicator."""

        fields = {
            **not_personal("id", "indicator", "on", "period", "proposed_status", "proposed_rag", "proposed_sum", "status", "rag",
                           "reason", "evidence", "commentary", "at"),
            **personal(LIFE, "by"),
        }

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="judgements")
    on = models.DateField(default=timezone.localdate)
    period = models.CharField(max_length=60, blank=True)
    proposed_status = models.CharField(max_length=20, blank=True)
    proposed_rag = models.CharField(max_length=10, blank=True)
    proposed_sum = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=20, blank=True)
    rag = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    commentary = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Newest first."""

        ordering = ["-on", "-at", "-id"]
