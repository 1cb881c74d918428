"""Tells Django about the follow-up room."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The follow-up room."""

    name = "throughline.apps.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"
