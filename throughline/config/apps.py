"""Tells Django about the commands that belong to no single room."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The top floor: commands that reach across the rooms."""

    name = "throughline.config"
    label = "config"
    verbose_name = "The whole system"
