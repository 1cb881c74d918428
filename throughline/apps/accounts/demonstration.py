"""The invented people of a demonstration: their names, their shared password, and the code that works now."""

import json
import secrets
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache

from throughline.apps.accounts.write_once import kept_or_made

if TYPE_CHECKING:
    from throughline.apps.accounts.models import User

NAMES = {
    "tracking_officer": "Adaeze Example",
    "data_officer": "Bronwen Example",
    "strategy_lead": "Chandrika Example",
    "school_improvement_officer": "Dariusz Example",
    "provider_staff": "Eun-ji Example",
    "employer": "Farid Example",
    "young_person_or_parent": "Gethin Example",
    "councillor": "Hadiza Example",
    "inspector": "Ioana Example",
    "information_governance_officer": "Jasmeet Example",
    "administrator": "Kwame Example",
}


class NotDemonstrationError(Exception):
    """Raised when something that gives sign-in away is asked for outside a demonstration."""

    def __init__(self) -> None:
        super().__init__("this works only on a demonstration (THROUGHLINE_DEMONSTRATION=1) and for its invented people")


def example_email(role: str) -> str:
    """The address of the invented person with a role, such as data.officer@example.org."""
    return f"{role.replace('_', '.')}@example.org"


def shared_password() -> str:
    """The password of every invented person, made at random the first time. Raises NotDemonstrationError."""
    _only_here()
    kept = kept_or_made(settings.VAR / "demonstration.json", lambda: json.dumps({"password": _sayable_password()}))
    return str(json.loads(kept)["password"])


def current_code(user: "User") -> str:
    """The six digits that an invented person's app would show now.

    A code works once, so when this half minute's has been used the next one that the site accepts
    is given. Raises NotDemonstrationError for a real person or a real installation, and
    Authenticator.DoesNotExist when no app is set up.
    """
    _only_here()
    if not user.is_example:
        raise NotDemonstrationError
    authenticator = Authenticator.objects.get(user_id=user.pk, type=Authenticator.Type.TOTP)
    secret = decrypt(authenticator.data["secret"])
    counters = list(yield_hotp_counters_from_time())
    now = counters[len(counters) // 2]
    # Of two as near the later: the earlier may cease to be accepted while it is typed.
    nearest_first = sorted(counters, key=lambda counter: (abs(counter - now), -counter))
    codes = [format_hotp_value(hotp_value(secret, counter)) for counter in nearest_first]
    unused = [code for code in codes if not cache.get(TOTP(authenticator)._get_used_cache_key(code))]
    return (unused or codes)[0]


def _only_here() -> None:
    if not settings.DEMONSTRATION:
        raise NotDemonstrationError


def _sayable_password() -> str:
    """Sixteen random letters, consonant and vowel by turns, that can be read out across a room."""
    syllables = [secrets.choice("bdfghklmnprstvz") + secrets.choice("aeiou") for _ in range(8)]
    return "-".join("".join(syllables[start:start + 2]) for start in range(0, 8, 2))
