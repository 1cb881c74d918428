"""What may stand beside words for an activity: the tables beside_activity and part_time of learner_lists.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PHRASES = ("fillers", "courses", "trades")  # of the first table, those that are harmless as they stand


@dataclass(frozen=True)
class Beside:
    """What stands beside words for an activity: phrases that are harmless, of which trades are so beside trades_of alone; times,
    which are so where a word of since stands there too, and words behind which figures are a year group or a level; words behind
    which any word is the name of where it is, those of them whose name no “at” follows, those behind which a name is, and words
    behind which “with” is none of them; codes whose words may be of a name, and countries, which are the name of no place; codes
    of which another of their kind says more, those that the name of no place but a college says, and those of which a place says
    nothing.

    Words for part time make of some codes others, in_part, and are harmless beside those of in_part_too; not beside full_time.
    """

    harmless: tuple[str, ...]
    trades: frozenset[str]
    trades_of: frozenset[str]
    times: frozenset[str]
    since: frozenset[str]
    numbered: frozenset[str]
    before_any_name: frozenset[str]
    attended: frozenset[str]
    before_names: frozenset[str]
    not_with: frozenset[str]
    in_names: frozenset[str]
    countries: frozenset[str]
    less_said: frozenset[str]
    of_colleges: frozenset[str]
    at_no_place: frozenset[str]
    part_time: frozenset[str]
    full_time: frozenset[str]
    in_part: Mapping[str, str]
    in_part_too: frozenset[str]


def beside_of(stated: Mapping[str, Any], part_time: Mapping[str, Any]) -> Beside:
    """The two tables as they are stated. Raises KeyError and TypeError where something is missing or unknown."""
    harmless = [phrase for name in _PHRASES for phrase in stated[name]]
    alone = {name: frozenset(words) for name, words in stated.items() if name not in ("fillers", "courses")}
    return Beside(
        (*harmless, *part_time["words"]), **alone, part_time=frozenset(part_time["words"]),
        full_time=frozenset(part_time["full_time"]), in_part=dict(part_time["means"]), in_part_too=frozenset(part_time["too"]))
