"""Tells Django about the returns room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The returns room."""

    name = "throughline.apps.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say before a code or a rule is changed what the next return would have."""
        from throughline.apps.learners.would_change import tell_effect
        from throughline.apps.returns.would_return import would_return

        tell_effect(would_return)
