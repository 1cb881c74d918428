"""All that a request could change: every row of every room but the audit and what only counts, and the files loaded."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from throughline.apps.accounts.models import AuditEntry, User

ROOMS = (
    "codelists", "organisations", "handbook", "learners", "followup", "performance", "indicators", "plans", "governance",
    "commissioning",
    "exchange", "returns", "reports",
)
_OF_PEOPLE = ("pk", "email", "full_name", "role", "is_active", "session_round")  # signing in changes the rest


def kept() -> dict[str, list[Any]]:
    """Each table's rows by the table's name, and the names of loaded files."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]
    return {model._meta.label: _rows(model) for model in models} | {
        "people": list(User.objects.order_by("pk").values_list(*_OF_PEOPLE)),
        "loaded": sorted(path.name for path in settings.LOADED.glob("*")),
    }


def _rows(model: type[Model]) -> list[tuple]:
    """As the database has them: hundreds of tests ask for all of them, and a query set of each would take most of their time."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')
        return cursor.fetchall()


def last_look() -> tuple[str, str, str]:
    """The newest entry of the audit: what was done, at which address, to what sort of thing."""
    entry = AuditEntry.objects.latest("id")
    return entry.verb, entry.path, entry.subject_kind
