"""Tells Django about the accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "throughline.apps.accounts"
    label = "accounts"
    verbose_name = "People and audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to sign-ins, and send those who come by Django's admin through the same door as everyone."""
        from allauth.account.decorators import secure_admin_login
        from django.contrib import admin

        from throughline.apps.accounts import signals  # noqa: F401

        admin.site.login = secure_admin_login(admin.site.login)
