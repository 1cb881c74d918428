"""A full year of months closes, the register changes afterwards, and every month is written again as it was."""

import io
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from throughline.analytics.formats.nccis.layout import load_layout
from throughline.analytics.formats.nccis.record import Header
from throughline.analytics.formats.nccis.writing import write_return
from throughline.analytics.synthetic.whole import synthesise
from throughline.apps.exchange.actions.bringing import bring_in
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.identity import add_identifier, move_house, rename
from throughline.apps.learners.actions.learners import amend_details, set_restriction
from throughline.apps.learners.demonstration import fill_from
from throughline.apps.learners.models import Learner
from throughline.apps.learners.returned import records
from throughline.apps.performance.extracts import month_ends
from throughline.apps.returns.actions.closing import SUPPLIER, close_month
from throughline.apps.returns.models import MonthClose
from throughline.apps.returns.queries import content_of, reported_leavers

AREA, UNTIL = "899", date(2026, 10, 31)
YEAR = month_ends(UNTIL, 12)


@pytest.fixture(scope="module")
def closed_once(kept_for_module, tmp_path_factory) -> dict[date, bytes]:
    """A year of an invented authority closed month by month: the return of each."""
    folder = tmp_path_factory.mktemp("year")
    with override_settings(DEMONSTRATION=True):
        synthesise(settings.DEFINITIONS, folder / "made", size=150, areas=(AREA,), until=UNTIL, files=False)
        fill_from(folder / "made" / "truth", area=AREA)
        return {end: content_of(close_month(by=None, area=AREA, month_end=end)) for end in YEAR}


@pytest.fixture
def closed(closed_once, db, settings) -> dict[date, bytes]:
    """That year, in a demonstration."""
    settings.DEMONSTRATION = True
    return closed_once


def change_everything() -> None:
    """Give everybody another name, another home and another activity, throughout the year, and other particulars."""
    for learner in Learner.objects.filter(area=AREA):
        since = max(YEAR[0], learner.names.latest("starts").starts, learner.addresses.latest("starts").starts)
        rename(by=None, learner=learner, given="Other", family="Person", since=since)
        amend_details(by=None, learner=learner, born=learner.born - timedelta(days=400), school_at_16="8994999",
                      gender="F" if learner.gender == "M" else "M",
                      ethnic_group="AIND" if learner.ethnic_group == "BAFR" else "BAFR")
        move_house(by=None, learner=learner, since=since, line_1="1 Elsewhere", postcode="QX1 1AA")
        taken = set(learner.activities.known().values_list("start", flat=True))
        day = next(day for day in (date(2025, 11, n) for n in range(1, 29)) if day not in taken)
        record_activity(by=None, learner=learner, code="619", start=day, ascertained=day, verified=day)


def test_a_year_that_was_closed_is_written_again_byte_for_byte(closed, tmp_path):
    change_everything()
    for end, before in closed.items():
        out = tmp_path / f"{end}.xml"
        call_command("export_return", month=f"{end:%Y-%m}", out=out, area=AREA)
        assert out.read_bytes() == before
    assert len(set(closed.values())) == len(YEAR)


def test_the_register_as_it_was_known_gives_each_return_again(closed):
    change_everything()
    layout = load_layout(settings.DEFINITIONS, "2019-20")
    for close in MonthClose.objects.filter(area=AREA):
        again = io.BytesIO()
        header = Header((AREA,), (AREA,), close.known.date(), close.month_end, SUPPLIER)
        write_return(again, header, records(AREA, close.month_end, close.known,
                                            reported=reported_leavers(AREA, close.month_end, close.known)), layout)
        assert again.getvalue() == closed[close.month_end]
        now = io.BytesIO()
        write_return(now, header, records(AREA, close.month_end,
                                          reported=reported_leavers(AREA, close.month_end)), layout)
        assert now.getvalue() != closed[close.month_end]


def test_a_return_of_ours_that_comes_back_changes_nobody(closed):
    """Each is known there by our own number, or by an identifier that was brought; some addresses are protected."""
    returned = [int(record.young_persons_id[3:]) for record in records(AREA, UNTIL)]
    protected, restricted, brought, previous, *_ = Learner.objects.filter(area=AREA, number__in=returned)
    for learner, shut in ((protected, {"protected_address": True}), (restricted, {"restricted": True})):
        set_restriction(by=None, learner=learner, reason="A test", **{"restricted": False, "protected_address": False, **shut})
    for learner, value in ((brought, f"{AREA}5550000001"), (previous, "4445550000002")):
        add_identifier(by=None, learner=learner, scheme="young_persons_id", value=value, since=YEAR[0])
    own = io.BytesIO()
    write_return(own, Header((AREA,), (AREA,), UNTIL, UNTIL, SUPPLIER), records(AREA, UNTIL),
                 load_layout(settings.DEFINITIONS, "2019-20"))
    for said in (b"Address protected", b"8995550000001", b"4445550000002"):
        assert said in own.getvalue()
    delivery, _ = bring_in(by=None, area=AREA, name="own.xml", file=own)
    assert [row.changes for row in delivery.rows.exclude(changes=[])] == []
    assert delivery.counts["same"] == len(returned)
