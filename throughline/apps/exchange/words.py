"""What a row would change, in words that an officer reads: codes with what they mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from throughline.analytics.intake.activities import BEGINS, INTENDED, NO_LONGER, REASON
from throughline.analytics.intake.differences import LEFT_OUT_TOO
from throughline.analytics.intake.held import ACTIVITY, GUARANTEE, IDENTIFIER, LEVEL, MEMBERSHIP, TRAIT
from throughline.apps.accounts.places import school_names
from throughline.apps.exchange.elements import element_in_words
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.read_by import vocabulary
from throughline.apps.exchange.readers import Reader, told_trait
from throughline.apps.exchange.reading import NOT_KNOWN, lacking
from throughline.apps.exchange.register import HIDDEN
from throughline.apps.learners.codes import activity_label, codeset, trait_label
from throughline.apps.learners.doing import intended_label, told_code, told_reason
from throughline.core.problems import Problem

_LISTS = {"gender": "gender", "ethnic_group": "ethnic_group", "intended_destination": "intended_destination",
          LEVEL: "level_of_need", GUARANTEE: "guarantee_status", MEMBERSHIP: "cohort_status", ACTIVITY: "activity"}
_OF_PLACES = (ACTIVITY, "school_at_16")  # of what changes a number of seven or eight figures is of a place
_PARTED = ", "  # what stands between the parts of an activity in words
_PARTS = re.compile(rf"{_PARTED}(?=(?:{'|'.join(BEGINS)}) )")  # names of places and labels of codes hold commas too
_PLACE = "at "  # how the part begins that says where
# What is held, in what is said of a row that says otherwise; what there is to do about it comes last, in a clause of its own.
_HELD = re.compile(rf"\bwe hold (?P<code>\d{{3}}) (?P<more>from .*?)(?=; [^;]*(?:; {LEFT_OUT_TOO})?$|$)")
_NUMBER = re.compile(r"\b\d{7,8}\b")
TITLES = {"born": "Date of birth", "given": "First name", "family": "Surname", "school_at_16": "School at 16",
          "area_at_16": "Authority at 16", "upn": "UPN", "uln": "ULN", TRAIT: "Characteristic", "lead_lea": "Lead authority",
          "previous_young_persons_id": "Previous young person’s identifier", "previous_upn": "Previous UPN",}
NO_HEADINGS = "The first row of this list is read as a person, since it has no row of headings."
SETTLED = {"linked": "linked by hand", "new": "added by hand", "aside": "set aside by hand"}


def about_columns(delivery: Delivery, otherwise: str) -> str:
    """What is said above the columns of a list: that they are not known well enough to find anybody, and what to say; otherwise
    what is said of columns that are.
    """
    lacks = lacking(delivery.mapping)
    asks = (f"{NOT_KNOWN}, so nothing of it can be accepted. Say below what each of them holds: beside it stand its first cells. "
            f"{lacks}" if lacks else otherwise)
    return f"{NO_HEADINGS} {asks}" if delivery.no_headings else asks


def shown(row: Row, reader: Reader, places: Mapping[str, str]) -> list[dict[str, str]]:
    """The changes of a row for a page, as its reader may see them: what, how, before and after, and what of an activity stays.

    places are names by number.
    """
    day = row.delivery.as_at
    return [_shown(change, day, reader.sensitive, places) for change in reader.changes(row)]


def _shown(change: Mapping[str, Any], day: date, sees_sensitive: bool, places: Mapping[str, str]) -> dict[str, str]:
    """One change; of an activity what differs, and apart from that what stays of it. What is no longer held stands alone."""
    known = places if change["what"] in _OF_PLACES else {}
    before, after = (_worded(change, side, day, sees_sensitive) for side in ("before", "after"))
    said = {"what": title(change["what"]), "how": change["how"], "stays": ""}
    if change["how"] == NO_LONGER:
        return said | {"before": "", "after": named(before, known)}
    if change["what"] != ACTIVITY or not before or before == after:
        return said | {"before": named(before, known), "after": named(after, known)}
    was, now = _PARTS.split(before), _PARTS.split(after)
    gone, come = [part for part in was if part not in now], [part for part in now if part not in was]
    # Where a number gives way to a name, or a name to a number, the number is all that was said: a name beside it was not.
    told = {} if len({_is_number(part) for part in (*gone, *come) if part.startswith(_PLACE)}) > 1 else known
    return said | {"before": named(_PARTED.join(gone), told), "after": named(_PARTED.join(come), told),
                   "stays": named(_PARTED.join(part for part in now if part in was), known)}


def _is_number(part: str) -> bool:
    """Whether the part of an activity that says where says it by a number."""
    return bool(_NUMBER.fullmatch(part.removeprefix(_PLACE)))


def word_field(word: str) -> str:
    """What the field is called in which somebody says what a word of a list means."""
    return f"word_{sha256(word.encode()).hexdigest()[:12]}"


def places_in(rows: Iterable[Row]) -> dict[str, str]:
    """The schools, colleges and providers that changes and problems of rows have by their number, with what they are called."""
    return places_of(text for row in rows for each in (*row.changes, *row.problems) for text in each.values()
                     if isinstance(text, str))


def places_of(texts: Iterable[str]) -> dict[str, str]:
    """The same of texts."""
    return school_names(number for text in texts for number in _NUMBER.findall(text))


def named(text: str, places: Mapping[str, str]) -> str:
    """A text in which a number of a place that we know stands with its name."""
    return _NUMBER.sub(lambda found: f"{places[found[0]]}, {found[0]}" if found[0] in places else found[0], text)


def title(field: str) -> str:
    """A field as a page names it."""
    known = vocabulary().fields.get(field)
    said = TITLES.get(field) or (known.title if known else trait_label(field).replace("_", " "))
    return said[:1].upper() + said[1:]


def titled(problem: Problem) -> str:
    """The field that a problem is of as a page names it: of a rule of the return its element in plain words, with its name there;
    of a list the heading that its column has.
    """
    element = element_in_words(problem.field) if problem.rule.startswith("rule ") else ""
    return element or (title(problem.field) if problem.field else "")


def activity(code: str, day: date) -> str:
    """An activity with what it means on a day."""
    return f"{activity_label(code, day)} ({code})" if code else ""


def asked(problem: Problem, each: Mapping[str, Any], day: date, sees_sensitive: bool) -> Problem:
    """A problem of a row with what the activities mean that it says and that we hold; each is the problem as the row keeps it. Of
    one that is guarded its group alone, for whoever may not see what is sensitive.
    """
    remedy = _HELD.sub(lambda found: f"we hold {_coded(found['code'], day, sees_sensitive, found['more'])}", problem.remedy)
    # Rows that came before codes were kept apart have the code itself as the value.
    code = each.get("code") or (problem.value if each["field"] == ACTIVITY and each["when"] == "compared" else "")
    if not code:
        return replace(problem, remedy=remedy)
    told, label = told_code(code, day, sees_sensitive)
    means = (label if problem.value == code else f"{code} {label}") if told else f"“{label}”"
    return replace(problem, value=problem.value if told else "", remedy=f"that is {means}; {remedy}")


def _coded(code: str, day: date, sees_sensitive: bool, more: str) -> str:
    """An activity by its code with what that means, and more of it; its group alone where no more may be told."""
    told, label = told_code(code, day, sees_sensitive)
    return f"{told} {label} {more}" if told else f"“{label}”"


def _worded(change: Mapping[str, Any], side: str, day: date, sees_sensitive: bool) -> str:
    """One side of a change, its code as it is understood on the day that the file speaks of."""
    text, what = str(change[side]), change["what"]
    code, _, more = text.partition(" ")
    if text == HIDDEN:
        return text
    if what == IDENTIFIER:
        scheme, _, number = text.rpartition(" ")
        return f"{title(scheme.replace(' ', '_'))} {number}" if scheme else text
    if what == TRAIT and text and not text.startswith("a "):
        told = told_trait(code, day, sees_sensitive)
        return f"{told} {more}".strip() if told == trait_label(code, day) else told
    if what == ACTIVITY and not told_code(code, day, sees_sensitive)[0]:
        return told_code(code, day, sees_sensitive)[1] if code else text
    if what == ACTIVITY:
        more = _PARTED.join(filter(None, (_on_leaving(part, day, sees_sensitive) for part in _PARTS.split(more))))
    if what in _LISTS and code in (known := codeset(_LISTS[what]).as_on(day)):
        return f"{known[code].label} ({code}) {more}".strip()
    return text


def _on_leaving(part: str, day: date, sees_sensitive: bool) -> str:
    """A part of an activity in words; of why they left and what they meant to do next, with what its code means, and nothing of
    what may not be told.
    """
    for begins, told in ((REASON, told_reason(part.removeprefix(f"{REASON} "), day, sees_sensitive)),
                         (INTENDED, intended_label(part.removeprefix(f"{INTENDED} "), day))):
        if part.startswith(begins):
            return f"{begins} {told}" if told else ""
    return part
