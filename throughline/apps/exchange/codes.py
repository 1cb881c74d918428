"""The code lists that a return is checked by here: the department's, and the demonstration's own authority where it is on."""

from django.conf import settings

from throughline.analytics.formats.nccis.known import AUTHORITIES, Codes, load_codes
from throughline.analytics.participation.codesets import load_codeset
from throughline.apps.codelists.queries import codesets

INVENTED_AUTHORITY = "899"


def codes() -> Codes:
    """Every list as officers have put it right; the invented authority counts as one only in a demonstration."""
    return Codes({**codesets(), AUTHORITIES: load_codeset(settings.DEFINITIONS, AUTHORITIES)}, _invented())


def codes_of_files() -> Codes:
    """Every list as its file has it: for a check that needs no database."""
    return load_codes(settings.DEFINITIONS, _invented())


def _invented() -> frozenset[str]:
    return frozenset({INVENTED_AUTHORITY}) if settings.DEMONSTRATION else frozenset()
