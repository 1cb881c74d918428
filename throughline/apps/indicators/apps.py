"""Names the indicators room to Django."""

from django.apps import AppConfig


class Indicators(AppConfig):
    """The indicators room."""

    name = "throughline.apps.indicators"
    label = "indicators"
