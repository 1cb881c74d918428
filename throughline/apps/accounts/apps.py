"""Tells Django about the accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "throughline.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
