"""Which column of a list holds what and what its words mean, remembered for the next list with the same headings; nothing that
was said of one list.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone

from throughline.apps.accounts.dataprotection import not_personal, personal

MAPPING_LIFE = "as long as lists with these headings come"


class RememberedMapping(models.Model):
    """What an authority's people said that the columns hold of lists with one set of headings: fields by place; and words
    of the column of activities that the vocabulary has not: codes by word.

    whose is the number of the school, college or provider whose staff said so of their own lists; empty for the authority's.
    """

    class DataProtection:
        """Headings are about nobody; a word is what many do, though a cell may say anything."""

        fields = {**not_personal("id", "area", "whose", "signature", "mapping", "at"),
                  **personal(MAPPING_LIFE, "by", "words")}

    area = models.CharField(max_length=3)
    whose = models.CharField("establishment or provider number of those who said so", max_length=8, blank=True)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One for each set of headings, of each whose lists are read so."""

        constraints = [models.UniqueConstraint(fields=["area", "whose", "signature"], name="one_mapping_a_set_of_headings")]

    def __str__(self) -> str:
        return f"Mapping {self.pk}"
