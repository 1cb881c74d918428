"""Tells Django about the follow-up room."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The follow-up room."""

    name = "throughline.apps.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say on the page of a young person what of follow-up is due."""
        from throughline.apps.followup.due import due_in_followup
        from throughline.apps.learners.due import tell_due

        tell_due(due_in_followup)
