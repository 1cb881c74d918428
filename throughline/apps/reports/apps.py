"""Names the reports room to Django."""

from django.apps import AppConfig


class Reports(AppConfig):
    """The reports room."""

    name = "throughline.apps.reports"
    label = "reports"
