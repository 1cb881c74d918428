"""What stands behind a figure, and what a symbol in its place means: missing is never zero."""

import math
import re
from enum import StrEnum

SIGNIFICANT_PLACES = 9  # sheds spreadsheet noise such as 7.0000000000000007E-2 before figures are compared


class Status(StrEnum):
    """How settled a figure is, or why there is none."""

    FINAL = "final"
    REVISED = "revised"
    PROVISIONAL = "provisional"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    ROUNDS_TO_ZERO = "rounds_to_zero"
    LOW_RELIABILITY = "low_reliability"
    NO_ENTRIES = "no_entries"
    LOW_COVERAGE = "low_coverage"
    NOT_PUBLISHED = "not_published"
    NOT_COLLECTED = "not_collected"
    NEW_INSTITUTION = "new_institution"

    @property
    def has_value(self) -> bool:
        """Whether a number stands behind this status."""
        return self in RELEASE_STATUSES

    @property
    def words(self) -> str:
        """The status as a reader sees it."""
        return _WORDS[self]


RELEASE_STATUSES = (Status.FINAL, Status.REVISED, Status.PROVISIONAL)

_WORDS = {
    Status.FINAL: "final",
    Status.REVISED: "revised",
    Status.PROVISIONAL: "provisional",
    Status.SUPPRESSED: "suppressed to protect individuals",
    Status.NOT_AVAILABLE: "not available",
    Status.NOT_APPLICABLE: "does not apply",
    Status.ROUNDS_TO_ZERO: "rounds to zero, but is not zero",
    Status.LOW_RELIABILITY: "too unreliable to publish",
    Status.NO_ENTRIES: "no entries",
    Status.LOW_COVERAGE: "too few pupils covered",
    Status.NOT_PUBLISHED: "not published",
    Status.NOT_COLLECTED: "not collected",
    Status.NEW_INSTITUTION: "new, no figures yet",
}

# The publishers' symbols, compared in lower case. Sources: the Explore Education Statistics data
# standards (z, x, c, low, u and the older :, ~, k); the school performance tables (SUPP, NE, NP,
# LOWCOV, NEW, DNS); the interactive tool (-).
SYMBOLS: dict[str, Status] = {
    "": Status.NOT_AVAILABLE,
    "-": Status.NOT_AVAILABLE,
    "..": Status.NOT_AVAILABLE,
    ".": Status.NOT_APPLICABLE,
    ":": Status.NOT_AVAILABLE,
    "x": Status.NOT_AVAILABLE,
    "z": Status.NOT_APPLICABLE,
    "na": Status.NOT_APPLICABLE,
    "n/a": Status.NOT_APPLICABLE,
    "c": Status.SUPPRESSED,
    "supp": Status.SUPPRESSED,
    "low": Status.ROUNDS_TO_ZERO,
    "k": Status.ROUNDS_TO_ZERO,
    "~": Status.ROUNDS_TO_ZERO,
    "u": Status.LOW_RELIABILITY,
    "ne": Status.NO_ENTRIES,
    "lowcov": Status.LOW_COVERAGE,
    "np": Status.NOT_PUBLISHED,
    "dns": Status.NOT_COLLECTED,
    "new": Status.NEW_INSTITUTION,
}

_NUMBER = re.compile(r"[+-]?((\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def read_value(text: str | None) -> tuple[float | None, Status | None]:
    """Read one printed cell as (value, None) or (None, status).

    Thousands separators and a closing per cent or leading pound sign are part of how a number is
    printed and are dropped. Raises ValueError when the text is neither a number nor a known symbol.
    """
    printed = (text or "").strip()
    status = SYMBOLS.get(printed.lower())
    if status is not None:
        return None, status
    plain = printed.lstrip("£").removesuffix("%").strip()
    value = float(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        raise ValueError(f"“{printed}” is neither a number nor one of the publishers' symbols")
    return round(value, SIGNIFICANT_PLACES), None
