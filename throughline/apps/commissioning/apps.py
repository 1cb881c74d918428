"""Names the commissioning room to Django."""

from django.apps import AppConfig


class Commissioning(AppConfig):
    """The commissioning room."""

    name = "throughline.apps.commissioning"
    label = "commissioning"
