"""Everything that changes the indicator register; each change is kept with its reason, and is in the audit."""

from throughline.apps.indicators.actions.changing import ChangedMeanwhileError, RefusedChangeError
from throughline.apps.indicators.actions.judging import judge_by_person
from throughline.apps.indicators.actions.register import (
    amend_indicator,
    follow_suggested,
    merge,
    register_indicator,
    renumber,
    restore,
    retire,
    withdraw,
)
from throughline.apps.indicators.actions.series import add_break, remove_break, restore_break, set_trajectory
from throughline.apps.indicators.actions.values import enter_value, restore_value, withdraw_value

__all__ = [
    "ChangedMeanwhileError", "RefusedChangeError", "add_break", "amend_indicator", "enter_value", "follow_suggested",
    "judge_by_person", "merge", "register_indicator", "remove_break", "renumber", "restore", "restore_break", "restore_value",
    "retire", "set_trajectory", "withdraw", "withdraw_value",
]
