"""Tells Django about the returns room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The returns room."""

    name = "throughline.apps.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"
