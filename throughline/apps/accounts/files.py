"""The tables of the accounts room as files: their columns and their rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from throughline.apps.accounts.models import AuditEntry, User
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.places import authority_name
from throughline.apps.accounts.roles import ALL_ROLES
from throughline.ui.downloads import Column

PEOPLE_COLUMNS = [
    Column("name", "Name"), Column("email", "Email address"), Column("job_title", "Job title"), Column("role", "Role"),
    Column("area", "Authority code"), Column("organisation", "School, college or provider"),
    Column("establishment", "Establishment number"), Column("ukprn", "UK provider reference number"),
    Column("account", "Account"), Column("last_signed_in", "Last signed in"),
]
PEOPLE_NOTES = ["These are people's names and addresses: keep the file no longer than it is needed, and pass it to nobody "
                "who may not see the page."]
ROLE_COLUMNS = [Column("permission", "Permission"), *(Column(role.id, role.title) for role in ALL_ROLES)]
AUDIT_COLUMNS = [Column(name, name) for name in ("at", "email", "authority", "did", "room", "kind", "id", "of", "page", "detail")]


def people_rows(people: Iterable[User]) -> Iterator[dict[str, Any]]:
    """One row a person, as the page of people has it."""
    for person in people:
        signed_in = timezone.localtime(person.last_login).date() if person.last_login else None
        yield {"name": person.full_name, "email": person.email, "job_title": person.job_title,
               "role": person.held_role.title, "area": person.area, "organisation": person.organisation,
               "establishment": person.establishment, "ukprn": person.ukprn, "account": "open" if person.is_active else "closed",
               "last_signed_in": signed_in}


def role_rows() -> Iterator[dict[str, str]]:
    """One row a permission, with yes or no for each role."""
    for permission in Permission:
        held = {role.id: "yes" if permission in role.permissions else "no" for role in ALL_ROLES}
        yield {"permission": permission.title, **held}


def role_notes() -> list[str]:
    """What each permission lets a person do."""
    return [f"{permission.title}: {permission.sentence}" for permission in Permission]


def audit_row(entry: AuditEntry) -> dict[str, str]:
    """One entry of the audit, as the page has it."""
    return {
        "at": timezone.localtime(entry.at).isoformat(timespec="seconds"), "email": entry.whose,
        "authority": authority_name(entry.area) if entry.area else "", "did": entry.did, "room": entry.room,
        "kind": entry.subject_kind, "id": entry.subject_id, "of": entry.of, "page": entry.path,
        "detail": "; ".join(entry.details),
    }
