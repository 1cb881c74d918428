"""Tells Django about the follow-up room."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The follow-up room."""

    name = "throughline.apps.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say on the page of a young person what of follow-up is due, and before a rule is changed who would be on which list."""
        from throughline.apps.followup.due import due_in_followup
        from throughline.apps.followup.would_list import would_list
        from throughline.apps.learners.due import tell_due
        from throughline.apps.learners.would_change import tell_effect

        tell_due(due_in_followup)
        tell_effect(would_list)
