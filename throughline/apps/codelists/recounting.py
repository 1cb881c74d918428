"""Saying that what is counted of young people is no longer as it was: a code, a rule or the register changed."""

from django.conf import settings
from django.db import transaction

from throughline.analytics.warehouse.beside import fall_behind


def recount() -> None:
    """Mark the figures as behind once the transaction that changes what they count is kept."""
    transaction.on_commit(lambda: fall_behind(settings.WAREHOUSE))
