"""Tells Django about the performance room."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """The performance room."""

    name = "throughline.apps.performance"
    label = "performance"
    default_auto_field = "django.db.models.BigAutoField"
