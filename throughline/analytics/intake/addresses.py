"""Whether a row's address is another than the one we hold, however either is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from throughline.analytics.formats.nccis.unsaid import NO_ADDRESS
from throughline.analytics.intake.held import ADDRESS, Belief, Change, Held, Note, in_words
from throughline.analytics.intake.said import Said

LINES = ("line_1", "line_2", "line_3", "line_4", "town", "county", "postcode")
NOBODYS = "ZZ99 9ZZ"  # as the return has it where there is no postcode
PROTECTED = "an address that is protected"
FORMER = "the address where they live now"
_WHERE = "their page under “Say where they live now”"
# Neither the address nor the day on which they left it, and not whether they live or lived there.
_PROTECTED_HOME = Note(ADDRESS, PROTECTED, FORMER, f"nothing is changed; open their record, and say it on {_WHERE} if that is "
                       "to be another")
_SHORT = {"street": "st", "road": "rd", "avenue": "ave", "close": "cl", "drive": "dr", "lane": "ln", "court": "ct",
          "crescent": "cres", "place": "pl", "gardens": "gdns", "terrace": "terr", "square": "sq", "number": "no", "saint": "st",
          "apartment": "flat"}


def address_changes(said: Said, held: Held, as_at: date, replaced: Callable[..., Change | Note]) -> Iterator[Change | Note]:
    """The move that a row reports, if it is one. An address that is protected stays so, and its words are not repeated.

    One that is held for the day of the file is none, and one that they have left since is told: a list is mostly older than a
    move, and who moves back is rare. Of somebody whose home is protected, or was on that day or later, every address is answered
    alike, and moves nobody: otherwise a list of guesses would tell which is right. A protected one that they left before is
    answered as one that was never held: see as_kept.
    """
    given = {name: said.address.get(name, "") for name in LINES}
    if not any(value for name, value in given.items() if name != "postcode" or value != NOBODYS):
        return
    now, ever = held.going_on(ADDRESS), held.of(ADDRESS)
    sheltered = [one for one in ever if one.values.get("protected")]
    if (held.protected_address or sheltered) and given["line_1"] == NO_ADDRESS:
        return  # as a return of ours has it
    homes = [one for one in ever if (one.values.get("ends") or as_at) >= as_at]
    last = sorted(ever, key=lambda one: (one.day("ends"), one in sheltered))[-1:]
    protected = held.protected_address or any(one in sheltered for one in homes or last)
    if protected and homes:
        yield _PROTECTED_HOME
        return
    if any(same_place(one.values, given) for one in now):
        return
    alike = [one for one in ever if one not in sheltered and same_place(one.values, given)]
    if any(one.day("starts") <= as_at <= one.day("ends") for one in alike):
        return
    if now and (left := max((one.day("ends") for one in alike), default=None)):
        yield Note(
            ADDRESS, written(given), FORMER,
            f"they left it on {in_words(left)} as we hold it, so nothing is changed; if they have moved back, say so on {_WHERE}")
        return
    before = written(now[0].values) if now else ""
    after = PROTECTED if protected else written(given)
    yield replaced(ADDRESS, now, {**given, "district": "", "protected": protected}, as_at, before, after)


def as_kept(came: Belief, held: Held) -> Belief:
    """A belief that comes of a file, as it is kept of somebody held so before: a home to which they move back from elsewhere is
    protected as it was. Before the file is accepted it is not, since the rules of the return would tell it from others.
    """
    back = came.kind == ADDRESS and came.values["ends"] is None and any(
        one.values.get("protected") and same_place(one.values, came.values) for one in held.of(ADDRESS))
    return came.again(protected=True) if back else came


def same_place(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """Whether two addresses are the same: the same postcode, and one of them says nothing that the other does not.

    Without a postcode on either side, everything must be said alike.
    """
    one, other = _words(ours), _words(theirs)
    postcodes = [_postcode(ours), _postcode(theirs)]
    if all(postcodes):
        return postcodes[0] == postcodes[1] and (one <= other or other <= one)
    return one == other or (bool(other) and other <= one and not postcodes[1])


def written(address: Mapping[str, Any]) -> str:
    """An address in one line."""
    return ", ".join(value for name in LINES if (value := address.get(name, "")) and value != NOBODYS)


def _postcode(address: Mapping[str, Any]) -> str:
    postcode = address.get("postcode", "") or ""
    return "" if postcode == NOBODYS else postcode.replace(" ", "").upper()


def _words(address: Mapping[str, Any]) -> frozenset[str]:
    text = " ".join(str(address.get(name) or "") for name in LINES[:-1]).casefold().replace("'", "").replace("’", "")
    return frozenset(_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", text))
