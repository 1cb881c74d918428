"""What the accounts room keeps: the people who may come in, and the audit of what they did."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from throughline.apps.accounts import telling
from throughline.apps.accounts.dataprotection import NotPersonal, Personal
from throughline.apps.accounts.permissions import Permission
from throughline.apps.accounts.roles import ROLES, Role

ACCOUNT_LIFE = "2 years after the account is closed"
AUDIT_LIFE = "6 years after the entry was made"


class People(BaseUserManager["User"]):
    """Makes people and finds them by email address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this email address. Raises User.DoesNotExist."""
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, *, role: str, **fields: Any) -> "User":
        """Make a person; without a password they cannot sign in by password until they set one."""
        if role not in ROLES:
            raise ValueError(f"“{role}” is not a role; {', '.join(ROLES)} are")
        user = self.model(email=email, role=role, **fields)
        user.set_password(password)
        user.save(using=self._db)
        # Whoever makes the account vouches for the address, and allauth asks for that in writing.
        user.emailaddress_set.create(email=user.email, primary=True, verified=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make the first administrator, as Django's createsuperuser command asks for."""
        return self.create_user(email, password, **{"role": "administrator", **fields})


class User(AbstractBaseUser):
    """A person who may sign in; what they may do follows from their role and from nothing else.

    Django's own groups and permissions are left out on purpose: two ways of giving access would be
    one too many to explain.
    """

    email = models.EmailField("email address", unique=True)
    full_name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=40)  # the id of one in roles.py
    area = models.CharField(
        "authority", max_length=3, blank=True,
        validators=[RegexValidator(r"^\d{3}$", "An authority's code is three digits, such as 850")],
    )
    organisation = models.CharField("school, college or provider", max_length=200, blank=True)
    establishment = models.CharField("establishment number", max_length=7, blank=True)
    ukprn = models.CharField("UK provider reference number", max_length=8, blank=True)
    is_active = models.BooleanField("may sign in", default=True)
    is_example = models.BooleanField("invented for the demonstration", default=False)
    session_round = models.PositiveIntegerField(default=0, editable=False)  # raised to end every session
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)
    letter_failed = False  # not kept: whether the letter about a new account could not be sent just now
    objects = People()

    class Meta:
        ordering = ("full_name", "email")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    class DataProtection:
        fields = {
            "id": Personal(keep=ACCOUNT_LIFE),
            "email": Personal(keep=ACCOUNT_LIFE),
            "full_name": Personal(keep=ACCOUNT_LIFE),
            "job_title": Personal(keep=ACCOUNT_LIFE),
            "role": Personal(keep=ACCOUNT_LIFE),
            "area": Personal(keep=ACCOUNT_LIFE),
            "organisation": Personal(keep=ACCOUNT_LIFE),
            "establishment": Personal(keep=ACCOUNT_LIFE),
            "ukprn": Personal(keep=ACCOUNT_LIFE),
            "password": Personal(keep="until it is replaced or the account is closed; only a one-way digest"),
            "last_login": Personal(keep=ACCOUNT_LIFE),
            "made_at": Personal(keep=ACCOUNT_LIFE),
            "is_active": Personal(keep=ACCOUNT_LIFE),
            "is_example": NotPersonal(),
            "session_round": NotPersonal(),
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in small letters, so that one person is one address."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def held_role(self) -> Role:
        """The role in full, with its words and permissions."""
        return ROLES[self.role]

    def get_full_name(self) -> str:
        """The name as Django's own pages ask for it."""
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's digest that ends sessions when the password changes, widened by our own counter."""
        kept = f"{self.password}:{self.session_round}"
        return salted_hmac("throughline.accounts.session", kept, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens at all."""
        return self.is_active and Permission.MANAGE_USERS in self.held_role.permissions

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """In Django's admin an administrator reads everything and changes nothing but through actions."""
        return self.is_staff and perm.rpartition(".")[2].startswith("view_")

    def has_perms(self, perm_list: Iterable[str], obj: object = None) -> bool:
        """Whether each of several of Django's permissions holds."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether Django's admin shows an application."""
        return self.is_staff


class Verb(models.TextChoices):
    """What an audit entry can say that somebody did."""

    SIGNED_IN = "signed_in", "signed in"
    SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
    SIGNED_OUT = "signed_out", "signed out"
    LOOKED = "looked", "looked at"
    DOWNLOADED = "downloaded", "downloaded"
    CREATED = "created", "made"
    CHANGED = "changed", "changed"
    REMOVED = "removed", "removed"
    LOADED = "loaded", "loaded"
    REFUSED = "refused", "was refused"


LOOKS = (Verb.LOOKED, Verb.DOWNLOADED)


class AppendOnlyError(Exception):
    """Raised on any attempt to change or delete what the audit says."""

    def __init__(self) -> None:
        super().__init__("the audit is only ever added to")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries to read; never to change or delete."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse. Raises AppendOnlyError."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refuse. Raises AppendOnlyError."""
        raise AppendOnlyError


class AuditEntry(models.Model):
    """One thing that somebody did, as it was when they did it.

    The email address is kept beside the person, so that the entry still says who when the account is
    gone. The network address of the request is not kept: behind a council's proxy it is the proxy's,
    and who did it is known from signing in. What was typed and searched for is not kept either: path
    is without its query. Where a command did it, path is the command without its options.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    who = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="audit_entries", editable=False)
    who_email = models.CharField("email address at the time", max_length=254, blank=True, editable=False)
    verb = models.CharField(max_length=20, choices=Verb, editable=False)
    room = models.CharField(max_length=40, blank=True, editable=False)
    subject_kind = models.CharField(max_length=40, blank=True, editable=False)
    subject_id = models.CharField(max_length=100, blank=True, editable=False)
    subject_label = models.CharField(max_length=200, blank=True, editable=False)
    path = models.CharField("page", max_length=500, blank=True, editable=False)
    detail = models.JSONField(default=dict, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["who", "-at"], name="audit_by_person"),
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="audit_by_subject"),
        ]

    class DataProtection:
        fields = {
            "id": NotPersonal(),
            "at": Personal(keep=AUDIT_LIFE),
            "who": Personal(keep=AUDIT_LIFE),
            "who_email": Personal(keep=AUDIT_LIFE),
            "verb": Personal(keep=AUDIT_LIFE),
            "room": NotPersonal(),
            "subject_kind": NotPersonal(),
            "subject_id": Personal(keep=AUDIT_LIFE),
            "subject_label": Personal(keep=AUDIT_LIFE),
            "path": Personal(keep=AUDIT_LIFE),
            "detail": Personal(keep=AUDIT_LIFE),
        }

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.whose or 'somebody'} {self.get_verb_display()} {self.subject_label}"

    @property
    def whose(self) -> str:
        """Who did it, in words; empty where that is not known."""
        return telling.who_did(self.who_email, self.path)

    @property
    def area(self) -> str:
        """The authority whose people whoever did it is of now, or that a command did it for; empty where that is not known."""
        return self.who.area if self.who else self.detail.get(telling.AUTHORITY, "")

    @property
    def did(self) -> str:
        """What was done, as a phrase that what it was done to follows."""
        return telling.what_was_done(self.subject_kind, self.get_verb_display())

    @property
    def of(self) -> str:
        """What it was done to, in words."""
        return telling.of_what(self.subject_kind, self.subject_label)

    @property
    def details(self) -> list[str]:
        """The detail in words, a line each."""
        return list(telling.details(self.subject_kind, self.detail, self.verb in LOOKS))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry. Raises AppendOnlyError when it is already there."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse. Raises AppendOnlyError."""
        raise AppendOnlyError
