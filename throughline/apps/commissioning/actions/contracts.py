"""Everything that changes about contracts: what they are, what they ask about apprenticeships, and the places reported."""

from datetime import date
from typing import Any

from django.utils import timezone

from throughline.apps.accounts.models import User
from throughline.apps.commissioning.actions.days import refuse_future, refuse_implausible
from throughline.apps.commissioning.models import Contract, PlacesCount
from throughline.apps.commissioning.places import Total, totals
from throughline.apps.commissioning.queries import find_contracts
from throughline.apps.commissioning.subjects import ROOM
from throughline.apps.indicators.actions import RefusedChangeError, enter_value
from throughline.apps.indicators.models import Indicator, IndicatorValue
from throughline.apps.organisations.actions.amending import Changes, RefusedError, amend, make
from throughline.ui.formats import count, day

COUNTED = {
    "asking": "Contracts that expect apprenticeship places", "in_all": "Places expected in all",
    "expected": "Places expected by now", "offered": "Places offered", "started": "Places started",
    "completed": "Places completed",
}


def add_contract(*, by: User | None, area: str, **words: Any) -> Contract:
    """Register a contract. Raises RefusedError for what cannot be: see _refuse_what_cannot_be."""
    _refuse_what_cannot_be(area, words)
    return make(by=by, room=ROOM, kind="contract", made=Contract(area=area), words=words)


def change_contract(*, by: User | None, contract: Contract, **words: Any) -> Changes:
    """Change a contract. Raises RefusedError as adding does."""
    _refuse_what_cannot_be(contract.area, words)
    return amend(by=by, room=ROOM, kind="contract", kept=contract, words=words)


def count_places(*, by: User | None, contract: Contract, as_at: date, source: str, offered: int | None = None,
                 started: int | None = None, completed: int | None = None) -> PlacesCount:
    """Report places as of a day, beside what was reported before.

    Raises RefusedError for a day that is to come, for nothing known, for more started than offered or completed than started,
    and for less than was reported as of an earlier day or more than as of a later one.
    """
    refuse_future(as_at, "as_at")
    if offered is None and started is None and completed is None:
        raise RefusedError("Enter at least one number. Leave empty what is not known", "started")
    if offered is not None and started is not None and started > offered:
        raise RefusedError("More cannot have started than were offered", "started")
    if started is not None and completed is not None and completed > started:
        raise RefusedError("More cannot be completed than have started", "completed")
    _refuse_a_fall(contract, as_at, {"offered": offered, "started": started, "completed": completed})
    words = {"as_at": as_at, "offered": offered, "started": started, "completed": completed, "source": source}
    return make(by=by, room=ROOM, kind="apprenticeship places", made=PlacesCount(contract=contract, by=by), words=words)


def _refuse_a_fall(contract: Contract, as_at: date, numbers: dict[str, int | None]) -> None:
    """They are counted since the contract began, so a number that fell is a mistake in this entry or in another."""
    for name, number in numbers.items():
        if number is None:
            continue
        if earlier := contract.counts.filter(as_at__lt=as_at, **{f"{name}__gt": number}).first():
            raise RefusedError(f"By {day(earlier.as_at)} {getattr(earlier, name):,} were {name} already. Enter all since the "
                               "contract began; if the earlier number is wrong, remove it first", name)
        if later := contract.counts.filter(as_at__gt=as_at, **{f"{name}__lt": number}).first():
            raise RefusedError(f"By {day(later.as_at)}, which is later, only {getattr(later, name):,} were {name}. If that "
                               "number is wrong, remove it first", name)


def enter_total(*, by: User | None, area: str, indicator: Indicator, counted: str, period: str) -> IndicatorValue:
    """Enter what all contracts together come to today as an indicator's value.

    Raises RefusedError as entering one does, and for a number that is known of no contract: that is not none.
    """
    if indicator.area != area:
        raise RefusedError("Choose an indicator of your own authority", "indicator")
    today = timezone.localdate()
    total = totals(find_contracts(area, today))
    value = getattr(total, counted)
    if value is None:
        raise RefusedError("This is known of no contract, so there is no number to enter", "counted")
    try:
        return enter_value(by=by, indicator=indicator, period=period, value=float(value),
                           evidence=f"Contract register on {day(today)}: {COUNTED[counted][0].lower()}{COUNTED[counted][1:]}"
                                    f"{left_out(total, counted)}")
    except RefusedChangeError as error:
        raise RefusedError(str(error), "period") from error


def left_out(total: Total, counted: str) -> str:
    """How many contracts add nothing to a number since it is not known of them, in words to follow the number; "" for none."""
    unknown = total.unknown.get(counted, 0)
    return f", not known of {count(unknown, 'contract')}" if unknown else ""


def _refuse_what_cannot_be(area: str, words: dict[str, Any]) -> None:
    """Days that nobody means or the wrong way round, places that nobody could count, none asked for without a reason."""
    refuse_implausible(words, "starts_on", "ends_on", "review_on")
    if words.get("ends_on") and words["ends_on"] < words["starts_on"]:
        raise RefusedError("Enter a day that is not before it starts", "ends_on")
    for name in ("supplier", "lead"):
        if words.get(name) and words[name].area != area:
            raise RefusedError("Choose an entry of your own directory", name)
    if words.get("action") and words["action"].plan.area != area:
        raise RefusedError("Choose an action of your own authority's plans", "action")
    numbers = [words.get(name) for name in ("places", "places_a_year")]
    asks = words.get("asks", Contract.Asks.NOT_LOOKED)
    if asks == Contract.Asks.PLACES:
        if numbers == [None, None]:
            raise RefusedError("Enter how many places are expected, in all or in each year", "places")
        if words.get("places") is not None and not words.get("ends_on"):
            raise RefusedError("Enter the day it ends, so that it can be told how many are expected by when", "ends_on")
    elif numbers != [None, None]:
        raise RefusedError("Leave this empty, or say that places are expected", "places")
    if asks == Contract.Asks.NONE and not words.get("why_none", "").strip():
        raise RefusedError("Say why no places are asked for", "why_none")
