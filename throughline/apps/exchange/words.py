"""What a row would change, in words that an officer reads: codes with what they mean."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from throughline.analytics.intake.held import ACTIVITY, GUARANTEE, LEVEL, MEMBERSHIP, TRAIT
from throughline.apps.exchange.models import Row
from throughline.apps.exchange.read_by import vocabulary
from throughline.apps.exchange.readers import Reader
from throughline.apps.exchange.register import HIDDEN
from throughline.apps.learners.codes import activity_label, codeset, sensitive_traits, trait_label
from throughline.apps.learners.doing import told_code

_LISTS = {"gender": "gender", "ethnic_group": "ethnic_group", "intended_destination": "intended_destination",
          LEVEL: "level_of_need", GUARANTEE: "guarantee_status", MEMBERSHIP: "cohort_status", ACTIVITY: "activity"}
_SENSITIVE = "a sensitive characteristic"
TITLES = {"born": "Date of birth", "given": "First name", "family": "Surname", "school_at_16": "School at 16",
          "area_at_16": "Authority at 16", "upn": "UPN", "uln": "ULN", TRAIT: "Characteristic"}
SETTLED = {"linked": "linked by hand", "new": "added by hand", "aside": "set aside by hand"}


def shown(row: Row, reader: Reader) -> list[dict[str, str]]:
    """The changes of a row for a page, as its reader may see them."""
    changes = [reader.change(row, change) for change in row.changes]
    day = row.delivery.as_at
    return [{"what": title(change["what"]), "how": change["how"], "before": _worded(change, "before", day, reader.sensitive),
             "after": _worded(change, "after", day, reader.sensitive)} for change in changes]


def title(field: str) -> str:
    """A field as a page names it."""
    known = vocabulary().fields.get(field)
    said = TITLES.get(field) or (known.title if known else field.replace("_", " "))
    return said[:1].upper() + said[1:]


def activity(code: str, day: date) -> str:
    """An activity with what it means on a day."""
    return f"{activity_label(code, day)} ({code})" if code else ""


def _worded(change: Mapping[str, Any], side: str, day: date, sees_sensitive: bool) -> str:
    """One side of a change, its code as it is understood on the day that the file speaks of."""
    text, what = str(change[side]), change["what"]
    code, _, more = text.partition(" ")
    if text == HIDDEN:
        return text
    if what == TRAIT and not text.startswith("a "):
        hidden = text and code in sensitive_traits() and not sees_sensitive
        return _SENSITIVE if hidden else f"{trait_label(code, day)} {more}".strip()
    if what == ACTIVITY and not told_code(code, day, sees_sensitive)[0]:
        return told_code(code, day, sees_sensitive)[1] if code else text
    if what in _LISTS and code in (known := codeset(_LISTS[what]).as_on(day)):
        return f"{known[code].label} ({code}) {more}".strip()
    return text
