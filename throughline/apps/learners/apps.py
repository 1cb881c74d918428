"""Tells Django about the learners room."""

from django.apps import AppConfig


class LearnersConfig(AppConfig):
    """The learners room."""

    name = "throughline.apps.learners"
    label = "learners"
    default_auto_field = "django.db.models.BigAutoField"
