"""Names the handbook room to Django."""

from django.apps import AppConfig


class Handbook(AppConfig):
    """The handbook room."""

    name = "throughline.apps.handbook"
    label = "handbook"
