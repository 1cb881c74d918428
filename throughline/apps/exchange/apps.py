"""Names the exchange room to Django."""

from django.apps import AppConfig


class Exchange(AppConfig):
    """The exchange room."""

    name = "throughline.apps.exchange"
    label = "exchange"
