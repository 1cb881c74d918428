"""What is said otherwise than a code list: as it always was, from a day on, one upon another, and what has no place."""

from datetime import date

import pytest

from throughline.analytics.participation.codechanges import (
    HAS_IT_ITSELF,
    NO_LINE,
    NO_SUCH_DAY,
    SAYS_ITSELF,
    Change,
    Place,
    added,
    laid_over,
)
from throughline.analytics.participation.codesets import CodeSet, read_lines
from throughline.core.problems import RefusedFileError

ALWAYS = None
LISTED = [("530", "", "2020-03-31", "Provision", "other"), ("530", "2020-04-01", "", "Re-engagement", "other"),
          ("619", "", "", "Seeking", "neet")]


def listed(*lines: tuple[str, ...]) -> CodeSet:
    return CodeSet("activity", read_lines("activity", [
        (None, {"code": code, "label": label, "group": group, "valid_from": first, "valid_to": last, "confidence": "high",
                "source": "ours"}) for code, first, last, label, group in lines or LISTED]))


def always(code: str, starts: str | None = None, **says: str) -> Change:
    return Change(Place(code, date.fromisoformat(starts) if starts else None), says)


def onward(code: str, starts: str, **says: str) -> Change:
    return Change(Place(code, date.fromisoformat(starts), onward=True), says)


def new(code: str, **says: str) -> Change:
    return Change(added(code), {"label": "Pilot", "group": "other", "confidence": "low", "source": "ours"} | says)


PILOT = ("465", "2027-09-01", "", "Pilot", "other")


@pytest.mark.parametrize(("changes", "lines"), [
    ([], LISTED),
    ([always("619", label="Looking")], [*LISTED[:2], ("619", "", "", "Looking", "neet")]),
    ([always("530", "2020-04-01", group="neet")], [LISTED[0], ("530", "2020-04-01", "", "Re-engagement", "neet"), LISTED[2]]),
    ([onward("619", "2026-09-01", group="other")],
     [*LISTED[:2], ("619", "", "2026-08-31", "Seeking", "neet"), ("619", "2026-09-01", "", "Seeking", "other")]),
    ([onward("530", "2019-09-01", group="neet")],  # to the end of the line that the day is of
     [("530", "", "2019-08-31", "Provision", "other"), ("530", "2019-09-01", "2020-03-31", "Provision", "neet"), *LISTED[1:]]),
    ([onward("619", "2027-01-01", label="Looking"), onward("619", "2026-09-01", group="other")],  # what goes on goes on
     [*LISTED[:2], ("619", "", "2026-08-31", "Seeking", "neet"), ("619", "2026-09-01", "2026-12-31", "Seeking", "other"),
      ("619", "2027-01-01", "", "Looking", "other")]),
    ([onward("619", "2026-09-01", group="other"), always("619", label="Looking")],
     [*LISTED[:2], ("619", "", "2026-08-31", "Looking", "neet"), ("619", "2026-09-01", "", "Looking", "other")]),
    ([onward("619", "2026-09-01", valid_to="2026-12-31")],
     [*LISTED[:2], ("619", "", "2026-08-31", "Seeking", "neet"), ("619", "2026-09-01", "2026-12-31", "Seeking", "neet")]),
    ([new("465", valid_from="2027-09-01")], [PILOT, *LISTED]), ([new("700")], [*LISTED, ("700", "", "", "Pilot", "other")]),
    ([always("465", "2027-09-01", group="neet"), new("465", valid_from="2027-09-01")], [(*PILOT[:4], "neet"), *LISTED]),
    ([onward("465", "2028-09-01", label="Course"), new("465", valid_from="2027-09-01")],
     [("465", "2027-09-01", "2028-08-31", "Pilot", "other"), ("465", "2028-09-01", "", "Course", "other"), *LISTED]),
])
def test_what_is_laid_over_a_list(changes, lines):
    laid = laid_over(listed(), changes)
    said = ("code", "valid_from", "valid_to", "label", "group")
    assert [tuple(line.printed[column] for column in said) for line in laid.codes.lines] == lines
    assert not laid.void


@pytest.mark.parametrize(("change", "why"), [
    (always("999", label="Looking"), NO_LINE), (always("530", "2019-04-01", label="Looking"), NO_LINE),
    (new("619"), HAS_IT_ITSELF), (onward("999", "2026-09-01"), NO_SUCH_DAY),
    (onward("530", "2020-04-01", group="neet"), SAYS_ITSELF),
])
def test_what_has_no_place_is_void_and_changes_nothing(change, why):
    laid = laid_over(listed(), [change])
    assert laid.codes == listed()
    assert laid.void == ((change, why),)


def test_a_code_comes_last_in_a_list_that_is_in_no_order_and_says_nothing_in_the_columns_it_was_not_said_of():
    order = listed(*reversed(LISTED))
    laid = laid_over(order, [Change(added("465"), {"label": "Pilot", "confidence": "low", "source": "ours", "gone": "yes"})])
    assert [line.code for line in laid.codes.lines] == ["619", "530", "530", "465"]
    assert laid.codes.lines[-1].facts == {"group": ""}


def test_a_day_of_which_a_correction_leaves_nothing_said_is_void():
    changes = [onward("619", "2026-09-01", group="other"), always("619", valid_to="2025-08-31")]
    assert [why for _, why in laid_over(listed(), changes).void] == [NO_SUCH_DAY]


@pytest.mark.parametrize(("change", "field"), [
    (new("465", confidence=""), "confidence"), (new("465", valid_from="2027-09-01", valid_to="2027-08-31"), "valid_to"),
    (always("619", confidence="certain"), "confidence"), (always("619", label=""), "label"),
    (always("530", valid_to="2020-04-01"), "valid_from"),  # the line that follows begins that day
    (onward("619", "2026-09-01", valid_to="2026-08-31"), "valid_to"),
])
def test_what_the_file_could_not_hold_is_refused(change, field):
    with pytest.raises(RefusedFileError) as refusal:
        laid_over(listed(), [change])
    assert refusal.value.problems[0].field == field


def test_every_line_has_the_place_that_gave_it():
    laid = laid_over(listed(), [onward("619", "2026-09-01", group="other"), always("530", valid_from="2019-04-01")])
    assert [place for place, _ in laid.lines_of("619")] == [Place("619", ALWAYS), Place("619", date(2026, 9, 1), onward=True)]
    corrected = laid.line_at(Place("530", ALWAYS))
    assert corrected is not None
    assert corrected.valid_from == date(2019, 4, 1)
