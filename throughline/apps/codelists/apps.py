"""Tells Django about the code lists room."""

from django.apps import AppConfig


class CodelistsConfig(AppConfig):
    """The code lists room."""

    name = "throughline.apps.codelists"
    label = "codelists"
    default_auto_field = "django.db.models.BigAutoField"
