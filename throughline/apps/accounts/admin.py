"""Django's admin over people and the audit: everything to read, and changes only through actions."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from throughline.apps.accounts import actions
from throughline.apps.accounts.models import AuditEntry, User


class ReadOnly(admin.ModelAdmin):
    """Nothing is added, changed or deleted on these pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


def _for_each(action: Callable[..., User], words: str) -> Any:
    """An admin action that does something to each person chosen, and says for whom it could not."""

    @admin.action(description=words)
    def run(model_admin: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            try:
                action(by=request.user, user=user)
            except actions.LastAdministratorError as error:
                model_admin.message_user(request, f"{user}: {error}", messages.ERROR)

    run.__name__ = action.__name__
    return run


@admin.register(User)
class UserAdmin(ReadOnly):
    """People."""

    list_display = ("full_name", "email", "role", "area", "is_active", "last_login")
    list_filter = ("role", "is_active")
    exclude = ("password",)
    actions = (
        _for_each(actions.deactivate_user, "Close the account"),
        _for_each(actions.reactivate_user, "Open the account again"),
        _for_each(actions.reset_second_factor, "Let the person set up sign-in afresh"),
    )


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """The audit."""

    list_display = ("at", "who_email", "verb", "room", "subject_label", "path")
    list_filter = ("verb", "room")
    date_hierarchy = "at"
