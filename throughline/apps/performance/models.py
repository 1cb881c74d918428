"""What the performance room keeps: figures that officers enter, each correction beside what it corrected."""

from django.conf import settings
from django.db import models

from throughline.apps.accounts.dataprotection import NotPersonal, Personal


class EnteredFigure(models.Model):
    """One figure as an officer entered it. A correction is a new row; the newest row of a period counts."""

    class Status(models.TextChoices):
        """How settled the officer says the figure is."""

        PROVISIONAL = "provisional", "Provisional"
        FINAL = "final", "Final"

    class DataProtection:
        """Who entered a figure is kept with it; the rest is about numbers."""

        fields = {
            "id": NotPersonal(),
            "measure": NotPersonal(),
            "area": NotPersonal(),
            "period": NotPersonal(),
            "numerator": NotPersonal(),
            "denominator": NotPersonal(),
            "value": NotPersonal(),
            "status": NotPersonal(),
            "evidence": NotPersonal(),
            "withdrawn": NotPersonal(),
            "entered_by": Personal(keep="as long as the figure, so that the past can be explained"),
            "entered_at": NotPersonal(),
        }

    measure = models.CharField(max_length=100)
    area = models.CharField(max_length=3)
    period = models.CharField(max_length=40)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PROVISIONAL)
    evidence = models.TextField(blank=True)
    withdrawn = models.BooleanField(default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Newest first, and quick to find by what they are of."""

        ordering = ["-entered_at", "-id"]
        indexes = [models.Index(fields=["measure", "area", "period"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.area} {self.period}"
