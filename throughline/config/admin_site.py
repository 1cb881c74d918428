"""Django's admin, with our own records in it and nobody else's."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model


class OurRecords(AdminSite):
    """Passes over what Django and allauth would show there: secrets of sign-in, and groups that give nobody anything."""

    def register(
        self, model_or_iterable: type[Model] | Iterable[type[Model]], admin_class: Any = None, **options: Any
    ) -> None:
        """Show models of this package; pass over any other."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model.__module__.startswith("throughline.")]
        super().register(ours, admin_class, **options)
