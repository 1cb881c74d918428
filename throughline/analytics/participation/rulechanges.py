"""What an officer says otherwise of rules: for all days, or from a day on; an edition is parted on such a day."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from throughline.analytics.participation.stated import Amended
from throughline.core.editions import held_on

Load = Callable[[tuple[Amended, ...]], Any]


def held_day_by_day(load: Load, amended: Collection[Amended]) -> Any:
    """Rules as a loader reads them, with what is said otherwise: first for all days, then from the earliest day on.

    load reads the file with some amendments laid over it, of any day alike. Before a day from which something is otherwise the
    editions are as they were; on it, where that makes a difference, another begins. Of two amendments of one place that are for
    all days, or from the same day on, the later given holds. Raises what load does, for what holds through any of the days.
    """
    held = {each.place: each for each in amended if each.since is None}
    rules = load(tuple(held.values()))
    for day, said in groupby(sorted((each for each in amended if each.since), key=_since), key=_since):
        held |= {each.place: each for each in said}
        rules = _parted(rules, load(tuple(held.values())), day)
    return rules


def editions_of(rules: Any) -> tuple[Any, ...]:
    """The editions of dated rules, the oldest first: some loaders give nothing but them; none of rules that are not dated."""
    return rules if isinstance(rules, tuple) else getattr(rules, "editions", ())


def _since(amended: Amended) -> date:
    return amended.since or date.min


def _parted(before: Any, then: Any, day: date) -> Any:
    """Rules as they were until a day and otherwise from it on."""
    until = [edition for edition in editions_of(before) if edition.starts < day]
    since = replace(held_on(editions_of(then), day), starts=day)
    later = [edition for edition in editions_of(then) if edition.starts > day]
    begins = [] if until and since == replace(until[-1], starts=day) else [since]
    editions = (*until, *begins, *later)
    return editions if isinstance(before, tuple) else replace(before, editions=editions)
