"""Every table of the room as a file: what it holds, restricted records left out, and the download recorded by number."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.apps.followup.test_bulk import _typed
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup.actions import cases, following, meetings
from throughline.apps.followup.actions.bulk import apply_bulk
from throughline.apps.followup.actions.contacts import log_contact
from throughline.apps.followup.grid import drafts, lines
from throughline.apps.followup.queries import officers_of

HERE = "E07999901"


@pytest.fixture
def addresses(officer, enrol, today) -> dict[str, str]:
    """The address of each file about young people, by the room's page; each is about Shown and about Hidden, shut since."""
    learners = [enrol("Ade", "Shownling", ago=100), enrol("Bo", "Hiddenling", ago=110)]
    typed = _typed(learners, **{f"r{each.pk}": {"officer": officer.pk} for each in learners})
    rows = drafts(lines(each.pk for each in learners), typed, officers_of("358"), today)
    bulk = apply_bulk(by=officer, area="358", drafts=rows)
    first = meetings.prepare_meeting(by=officer, district=HERE, month=date(2026, 10, 1))
    for listed in first.listed.all():
        meetings.decide(by=officer, listed=listed, text="Visit", who="Youth service")
    second = meetings.prepare_meeting(by=officer, district=HERE, month=date(2026, 11, 1))
    for each in learners:
        cases.open_case(by=officer, learner=each, worker=officer, plan="Meet weekly")
    log_contact(by=officer, learner=learners[0], channel="telephone", outcome="no_answer", note="Rang at noon")
    learners[1].restricted = True
    learners[1].save()
    return {
        "worklist": "/follow-up/lists/neet_overdue/list", "caseload": f"/follow-up/caseloads/{officer.pk}/list",
        "meeting": f"/follow-up/meetings/{second.pk}/list", "decisions": f"/follow-up/meetings/{second.pk}/decisions",
        "cases": "/follow-up/cases/list", "bulk": f"/follow-up/bulk/{bulk.pk}/changes", "risk": "/follow-up/risk/list",
        "contacts": f"/follow-up/learners/{learners[0].pk}/contacts",
    }


@pytest.mark.parametrize("name", ["worklist", "caseload", "meeting", "decisions", "cases", "bulk", "risk", "contacts"])
def test_a_file_leaves_restricted_records_out_and_is_recorded(client, addresses, name):
    table = client.get(f"{addresses[name]}.csv").content.decode("utf-8-sig")
    assert ("Rang at noon" if name == "contacts" else "Shownling") in table
    assert "Hiddenling" not in table
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.path) == ("downloaded", f"{addresses[name]}.csv")
    assert entry.subject_kind == "learner" if name == "contacts" else entry.detail["learners"]
    book = client.get(f"{addresses[name]}.xlsx")
    assert len(list(load_workbook(io.BytesIO(book.content)).worksheets[0].rows)) == len(table.splitlines())


@pytest.mark.parametrize(("path", "row"), [
    ("/follow-up/lists.csv", "NEET and contact overdue,1,"), ("/follow-up/caseloads/list.csv", "Olu Officer,1,0"),
    ("/follow-up/meetings/list.csv", "November 2026,E07999901,,1,0,Open"),
])
def test_a_file_that_only_counts_names_nobody(client, officer, enrol, path, row):
    learner = enrol("Ade", "Shownling", ago=100)
    following.claim(by=officer, learner=learner)
    meetings.prepare_meeting(by=officer, district=HERE, month=date(2026, 11, 1))
    table = client.get(path).content.decode("utf-8-sig")
    assert (row in table, "Shownling" in table) == (True, False)
