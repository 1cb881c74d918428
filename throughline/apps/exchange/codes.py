"""The code lists that a return is checked by here: the department's, and the demonstration's own authority where it is on."""

from django.conf import settings

from throughline.analytics.formats.nccis.known import Codes, load_codes

INVENTED_AUTHORITY = "899"


def codes() -> Codes:
    """Every list; the invented authority counts as one only in a demonstration."""
    return load_codes(settings.DEFINITIONS, frozenset({INVENTED_AUTHORITY}) if settings.DEMONSTRATION else frozenset())
