"""What a row of a list says of support, in up to three columns, and what it is answered where they contradict one another."""

from datetime import date

import pytest

from throughline.analytics.intake.entries import Everybody, said_by
from throughline.analytics.learnerlists.entries import Entry
from throughline.analytics.participation.tables import EHC_PLAN, NO_SUPPORT, SEN_SUPPORT

NO, PLAN, SUPPORT = NO_SUPPORT, EHC_PLAN, SEN_SUPPORT

# What the columns EHCP, SEN support and SEN status say; what somebody has by them, and has not.
AGREE = [
    (PLAN, "", "", {PLAN}, set()), (NO, "", "", set(), {PLAN}), ("", SUPPORT, "", {SUPPORT}, set()),
    ("", NO, "", set(), {SUPPORT}), ("", "", PLAN, {PLAN}, set()), ("", "", NO, set(), {PLAN, SUPPORT}),
    (PLAN, NO, "", {PLAN}, {SUPPORT}), (NO, SUPPORT, SUPPORT, {SUPPORT}, {PLAN}), (PLAN, NO, PLAN, {PLAN}, {SUPPORT}),
    (NO, NO, NO, set(), {PLAN, SUPPORT}), (PLAN, SUPPORT, "", {PLAN}, set()),
]
CONTRADICT = [
    (PLAN, "", NO, PLAN, "EHC plan: a plan; SEN status: no"),
    (PLAN, SUPPORT, NO, PLAN, "EHC plan: a plan; SEN support: support without a plan; SEN status: no"),
    (NO, "", PLAN, PLAN, "EHC plan: no; SEN status: a plan"),
    ("", SUPPORT, NO, SUPPORT, "SEN support: support without a plan; SEN status: no"),
    ("", NO, SUPPORT, SUPPORT, "SEN support: no; SEN status: support without a plan"),
]


def _said(*cells: str):
    values = {name: cell for name, cell in zip(("ehc_plan", "sen_support", "sen_status"), cells, strict=True) if cell}
    of_all = Everybody(date(2026, 11, 5), {}, {}, lambda scheme, number: None, ())
    return said_by(Entry(2, values, (), traits={"110": True, "140": False}), of_all)


@pytest.mark.parametrize(("plan", "support", "status", "has", "lacks"), AGREE)
def test_what_a_row_says_of_support(plan, support, status, has, lacks):
    said, notes = _said(plan, support, status)
    assert (said.traits - {"110"}, said.ended - {"140"}, notes) == (has, lacks, [])


@pytest.mark.parametrize(("plan", "support", "status", "field", "value"), CONTRADICT)
def test_of_cells_that_contradict_one_another_neither_is_taken_and_the_row_asks(plan, support, status, field, value):
    said, [note] = _said(plan, support, status)
    assert (said.traits, said.ended) == ({"110"}, {"140"})
    assert (note.field, note.value, note.rule) == (field, value, "cells that agree")
    assert note.remedy == ("the cells of this row contradict one another: find out which is right and record it on their page; "
                           "neither was taken")
