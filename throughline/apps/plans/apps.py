"""Names the plans room to Django."""

from django.apps import AppConfig


class Plans(AppConfig):
    """The plans room."""

    name = "throughline.apps.plans"
    label = "plans"
