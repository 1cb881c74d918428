"""The shared furniture as a Django application, so that its styles and scripts are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base page, components, form renderer, tables and downloads."""

    name = "throughline.ui"
    label = "ui"
