"""Tells Django about the organisations room."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The organisations room."""

    name = "throughline.apps.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
