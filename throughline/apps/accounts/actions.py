"""Everything that changes in the accounts room: people, their roles, how they sign in, and the audit."""

import base64
import logging
import secrets
from typing import Any, NamedTuple

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from throughline.apps.accounts import demonstration
from throughline.apps.accounts.models import AuditEntry, User, Verb
from throughline.apps.accounts.roles import ALL_ROLES, ROLES

log = logging.getLogger(__name__)

OF_OTHERS = ("role", "area", "organisation", "establishment", "ukprn")  # nobody changes these of themselves
_EDITABLE = ("full_name", "job_title", "role", "area", "organisation", "establishment", "ukprn")


class Subject(NamedTuple):
    """What an audit entry is about: the kind of thing, its number or code, and its name at the time."""

    kind: str
    id: str
    label: str


class LastAdministratorError(Exception):
    """Raised when a change would leave nobody who can let people in."""

    def __init__(self) -> None:
        super().__init__("Nobody else can manage people. Make somebody else an administrator first")


class OwnAccountError(Exception):
    """Raised when somebody would change what they themselves may do, or for whom."""

    def __init__(self) -> None:
        super().__init__("Nobody changes their own role, authority or place of work. Ask another administrator to")


def record(
    *,
    by: Any,
    verb: str,
    room: str,
    subject: tuple[str, str, str] | None = None,
    path: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry to the audit, in one insert.

    by is the person, or None when it was a command or somebody unknown. detail of a change is
    {field: [before, after]}. path is without its query. What is too long for its column is cut.
    Raises ValueError for a verb that is none.
    """
    known = by is not None and by.is_authenticated
    kind, number, label = subject or ("", "", "")
    return AuditEntry.objects.create(
        who=by if known else None,
        who_email=by.email if known else "",
        verb=Verb(verb),
        room=room,
        subject_kind=kind,
        subject_id=str(number)[:100],
        subject_label=str(label)[:200],
        path=path[:500],
        detail=detail or {},
    )


def subject_of(user: User) -> Subject:
    """A person as the subject of an audit entry."""
    return Subject("person", str(user.pk), user.email)


@transaction.atomic
def create_user(
    *, by: User | None, email: str, full_name: str, role: str, job_title: str = "", area: str = "",
    organisation: str = "", establishment: str = "", ukprn: str = "", site: str = "", is_example: bool = False,
) -> User:
    """Make an account with no password yet.

    site is the address of this site, such as https://throughline.example.org; when it is given, the
    person is sent a letter with a link to choose their password. The account stands even when the
    letter cannot be sent, and user.letter_failed says so. Raises ValueError for an unknown role and
    django.db.IntegrityError when the address already has an account.
    """
    user = User.objects.create_user(
        email, role=role, full_name=full_name, job_title=job_title, area=area, organisation=organisation,
        establishment=establishment, ukprn=ukprn, is_example=is_example,
    )
    detail = {field: [None, getattr(user, field)] for field in ("email", *_EDITABLE)}
    record(by=by, verb=Verb.CREATED, room="accounts", subject=subject_of(user), detail=detail)
    if site:
        transaction.on_commit(lambda: _send_welcome(user, site))
    return user


@transaction.atomic
def change_user(
    *, by: User | None, user: User, full_name: str, job_title: str, role: str, area: str, organisation: str = "",
    establishment: str = "", ukprn: str = "",
) -> User:
    """Change who a person is and what they may do.

    Raises ValueError for an unknown role, LastAdministratorError, and OwnAccountError where somebody would change more of
    themselves than their name and job title.
    """
    if role not in ROLES:
        raise ValueError(f"“{role}” is not a role")
    if role != "administrator":
        _keep_an_administrator(user)
    wanted = {"full_name": full_name, "job_title": job_title, "role": role, "area": area, "organisation": organisation,
              "establishment": establishment, "ukprn": ukprn}
    changed = {name: [getattr(user, name), value] for name, value in wanted.items() if getattr(user, name) != value}
    if not changed:
        return user
    if by is not None and by.pk == user.pk and set(changed) & set(OF_OTHERS):
        raise OwnAccountError
    for name in changed:
        setattr(user, name, wanted[name])
    user.save(update_fields=list(changed))
    record(by=by, verb=Verb.CHANGED, room="accounts", subject=subject_of(user), detail=changed)
    return user


def change_role(*, by: User | None, user: User, role: str) -> User:
    """Give a person another role. Raises as change_user does."""
    return change_user(by=by, user=user, **{name: getattr(user, name) for name in _EDITABLE} | {"role": role})


@transaction.atomic
def deactivate_user(*, by: User | None, user: User) -> User:
    """Close an account: its sessions end at once, and what the person did stays. Raises LastAdministratorError."""
    _keep_an_administrator(user)
    return _set_active(by, user, False)


@transaction.atomic
def reactivate_user(*, by: User | None, user: User) -> User:
    """Open a closed account again."""
    return _set_active(by, user, True)


@transaction.atomic
def reset_second_factor(*, by: User | None, user: User) -> User:
    """Take away a person's authenticator app, recovery codes and tie to the directory, and end their sessions.

    At the next sign-in they set up an app afresh, or are found in the directory again by their address.
    """
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.session_round += 1
    user.save(update_fields=["session_round"])
    record(by=by, verb=Verb.REMOVED, room="accounts", subject=subject_of(user), detail={"second_factor": ["set", None]})
    return user


@transaction.atomic
def create_example_users(*, by: User | None = None, area: str = "", establishment: str = "") -> list[User]:
    """One invented person for each role, signed up and ready to sign in; running it again changes nothing.

    All share the password kept in the demonstration's file, and work for the area when one is given; whoever is of a school
    works at the establishment. Raises demonstration.NotDemonstrationError on any other installation.
    """
    digest = _example_digest()
    return [
        _example_user(by, demonstration.example_email(role.id), demonstration.NAMES[role.id], role.id, area,
                      establishment if role.id == "provider_staff" else "", digest)
        for role in ALL_ROLES
    ]


def _example_digest() -> str:
    """The kept form of the invented people's password, the same for all of them."""
    password = demonstration.shared_password()
    kept = User.objects.filter(is_example=True).values_list("password", flat=True).first()
    return kept if kept and check_password(password, kept) else make_password(password)


def _example_user(by: User | None, email: str, name: str, role: str, area: str, establishment: str, digest: str) -> User:
    user = User.objects.filter(email=email).first() or create_user(
        by=by, email=email, full_name=name, role=role, area=area, is_example=True
    )
    wanted = (digest, role, True, area or user.area, establishment)
    if (user.password, user.role, user.is_active, user.area, user.establishment) != wanted:
        user.password, user.role, user.is_active, user.area, user.establishment = wanted
        user.save(update_fields=["password", "role", "is_active", "area", "establishment"])
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": encrypt(secret)}}
    )
    return user


def _set_active(by: User | None, user: User, active: bool) -> User:
    if user.is_active != active:
        user.is_active = active
        user.session_round += 1
        user.save(update_fields=["is_active", "session_round"])
        detail = {"is_active": [not active, active]}
        record(by=by, verb=Verb.CHANGED, room="accounts", subject=subject_of(user), detail=detail)
    return user


def _keep_an_administrator(user: User) -> None:
    """Refuse when this is the only administrator who can sign in; the caller has begun a transaction."""
    # All are locked, in one order, so that two who close each other's accounts at once take turns.
    administrators = User.objects.select_for_update().filter(role="administrator", is_active=True).order_by("pk")
    # Invented people cannot sign in once the demonstration is over.
    able = [person.pk for person in administrators if settings.DEMONSTRATION or not person.is_example]
    if able == [user.pk]:
        raise LastAdministratorError


def link_days() -> int:
    """For how many days a link to choose a password works."""
    return settings.PASSWORD_RESET_TIMEOUT // 86400


def password_link(user: User, site: str) -> str:
    """The address at which a person chooses a password, once and for PASSWORD_RESET_TIMEOUT; site as create_user's."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return site.rstrip("/") + reverse("account_reset_password_from_key", kwargs=key)


def _send_welcome(user: User, site: str) -> None:
    text = render_to_string(
        "accounts/email/welcome.txt",
        {"person": user, "link": password_link(user, site), "site": site, "link_days": link_days()},
    )
    try:
        send_mail("Your Throughline account", text, None, [user.email])
    except OSError as error:  # every failure of mail, smtplib's own included; its words may hold the address
        log.error("A letter about a new account could not be sent: %s", type(error).__name__)
        user.letter_failed = True
