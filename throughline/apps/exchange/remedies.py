"""What to do about a cell whose words nobody knows: it depends on who reads it, and on whether the list still waits."""

from collections.abc import Mapping
from typing import Any

from throughline.analytics.intake.held import in_words
from throughline.analytics.learnerlists.cells import is_one_code, why_no_activity
from throughline.analytics.learnerlists.entries import A_KNOWN_ACTIVITY, A_KNOWN_DESTINATION, A_KNOWN_REASON
from throughline.apps.exchange.models import Delivery
from throughline.apps.exchange.read_by import vocabulary

# For whoever sent the list, by the rule; of a list that waits its activities can be taught.
_SENDER = {
    A_KNOWN_ACTIVITY: "write its three-figure code, such as 230 for a college, in your own system and send the list again",
    A_KNOWN_DESTINATION: "write its three-figure code in your own system, and send the list again",
    A_KNOWN_REASON: "write its code in your own system, such as 2 for moved elsewhere or 97 for other, and send the list again",
}
_SENDER_TEACHES = ("say what it means under “Say otherwise what the columns hold, or of which day it speaks”, which is "
                   "remembered for your next list with these headings; or {coded}")
# For an officer, once the list is decided on: its columns can be looked at no more.
_TAKEN = ("whoever follows them up can record on their page what they do; when the next list with these headings comes, say on "
          "its page what the word means before you accept it")
_NOT_TAKEN = "nothing of this file stands: when you bring it in again, say on its page what the word means before you accept it"
_BECAUSE = ", so it was not read: "


def remedy_of(delivery: Delivery, each: Mapping[str, Any], to_sender: bool) -> str:
    """What to do about a problem of a row as it is kept, for an officer or for whoever sent the list."""
    remedy = _remedy_of(delivery, each["rule"], str(each["remedy"]), to_sender)
    if each["rule"] != A_KNOWN_ACTIVITY:
        return remedy
    if is_one_code(each["value"]):
        return f"it is no activity on {in_words(delivery.as_at)}: {remedy}"
    why = why_no_activity(each["value"], vocabulary(delivery.as_at))
    return f"{why}{_BECAUSE}{remedy}" if why else remedy


def without_words(remedy: str) -> str:
    """What to do about a cell, without what it says, for whoever may not see that."""
    return remedy.rpartition(_BECAUSE)[2]


def _remedy_of(delivery: Delivery, rule: str, remedy: str, to_sender: bool) -> str:
    if to_sender and rule in _SENDER:
        teaches = rule == A_KNOWN_ACTIVITY and delivery.waits
        return _SENDER_TEACHES.format(coded=_SENDER[rule]) if teaches else _SENDER[rule]
    if rule != A_KNOWN_ACTIVITY or delivery.waits:
        return remedy
    return _TAKEN if delivery.state == Delivery.State.ACCEPTED else _NOT_TAKEN
