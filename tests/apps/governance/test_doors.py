"""Every door of the governance room: another authority finds nothing behind any, and who only reads changes nothing."""

from datetime import date

import pytest

from tests.apps.performance.reading import links, main
from throughline.apps.governance.actions import consultations, decisions, meetings, scrutiny
from throughline.apps.governance.models import Decision, Meeting, ScrutinyQuestion
from throughline.apps.governance.urls import urlpatterns

pytestmark = pytest.mark.django_db

LISTS = ("meetings", "decisions", "scrutiny", "consultations")


@pytest.fixture
def ours(board, meet) -> dict[str, int]:
    """One of each sort of record, by what its addresses begin with."""
    meeting = meet(3)
    days = {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 2, 1)}
    held = consultations.add_consultation(by=None, area="358", title="Our consultation", **days)
    said = {"respondent": "Somebody", "kind": "school", "view": "mixed", "text": "Yes", "changed_plan": False}
    return {
        "meetings/items": meetings.add_item(by=None, meeting=meeting, number=1, title="Our item").pk,
        "meetings/papers": meetings.add_paper(by=None, meeting=meeting, title="Our paper", address="/reports/1/").pk,
        "meetings": meeting.pk,
        "decisions": decisions.add_decision(by=None, meeting=meeting, text="Our decision", kind="action").pk,
        "scrutiny": scrutiny.ask(by=None, board=board, asked_by="Somebody", text="Our question").pk,
        "consultations/responses": consultations.add_response(by=None, consultation=held, **said).pk,
        "consultations": held.pk,
    }


def _addresses(ours: dict[str, int]) -> list[str]:
    """Every address of the room that is about one record."""
    found = []
    for entry in urlpatterns:
        pattern = str(entry.pattern).lstrip("^").rstrip("$").replace("\\.", ".").replace("(?P<kind>csv|xlsx)", "csv")
        for mark in ("<int:pk>", r"(?P<pk>\d+)", "<int:follows>"):
            before = pattern.partition(mark)[0].rstrip("/")
            if mark in pattern:
                found.append("/" + pattern.replace(mark, str(ours[before])))
    return found


def test_another_authority_finds_nothing(neighbour, cast, ours):
    asker = cast("councillor", email="councillor.of.another@example.org", area="202")
    addresses = _addresses(ours)
    assert len(addresses) > 30
    before = _state()
    for path in addresses:
        client = asker if path.endswith("ask-further/") else neighbour
        got = client.get(path).status_code
        posted = client.post(path).status_code
        assert got in (404, 405), path
        assert posted in (404, 405), path
        assert 404 in (got, posted), path
    assert _state() == before


@pytest.mark.parametrize("listed", LISTS)
def test_another_authoritys_lists_are_empty_of_ours(neighbour, ours, listed):
    said = main(neighbour.get(f"/{listed}/"))
    assert "Our" not in said
    assert "Partnership Board" not in said


def test_who_only_reads_is_offered_nothing_and_changes_nothing(cast, ours):
    inspector = cast("inspector")
    before = _state()
    reading = [f"/{begins}/{pk}/" for begins, pk in ours.items() if begins in LISTS] + [f"/{listed}/" for listed in LISTS]
    for path in reading:
        answer = inspector.get(path)
        assert answer.status_code == 200, path
        changing = ("/add/", "/change/", "/answer/", "/ask/", "/write/")
        assert [link for link in links(answer) if link.endswith(changing)] == [], path
    refused = [path for path in _addresses(ours) if inspector.post(path).status_code == 403]
    assert len(refused) > 25
    assert _state() == before


def _state() -> list[list[tuple]]:
    return [list(model.with_removed.values_list() if hasattr(model, "with_removed") else model.objects.values_list())
            for model in (Meeting, Decision, ScrutinyQuestion)]
