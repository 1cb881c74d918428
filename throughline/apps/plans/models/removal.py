"""Taking a part of a plan out of sight in such a way that it can be brought back."""

from typing import Any

from django.db import models


class InSight(models.Manager):
    """Everything that has not been removed; what refers to a removed row still finds it."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """The rows that are still there."""
        return super().get_queryset().filter(removed_at=None)


class Removable(models.Model):
    """A row that somebody may take away and bring back; objects and the lists of its parent leave the removed out.

    A query that counts or joins across tables does not, and must say removed_at=None itself.
    """

    removed_at = models.DateTimeField(null=True, blank=True)

    objects = InSight()
    with_removed = models.Manager()

    class Meta:
        """Not a table of its own."""

        abstract = True
