"""Names the governance room to Django."""

from django.apps import AppConfig


class Governance(AppConfig):
    """The governance room."""

    name = "throughline.apps.governance"
    label = "governance"
