"""The list of restricted records opened: what left at once stands in one line, and it is narrowed by kind, person and day."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.apps.performance.reading import page_of
from tests.cast import make_user
from throughline.apps.learners.actions.looking import open_restricted, take_away_restricted
from throughline.apps.learners.models import Opening

FIRST = datetime(2026, 3, 1, 0, 0, tzinfo=timezone.get_default_timezone())
WHY = "The youth justice team asked us where they are"


@pytest.fixture
def opened(enrol, monkeypatch):
    """Three taken away at once by a command, two by an officer, one opened by each of two people; a day between."""
    learners = [enrol(name) for name in ("Ade", "Bo", "Cy")]
    olu, cass = make_user("tracking_officer", full_name="Olu Officer"), make_user("data_officer", full_name="Cass Colleague")
    acts = [lambda: take_away_restricted(by=None, learners=learners, reason="", file="Return of January 2026"),
            lambda: take_away_restricted(by=olu, learners=learners[:2], reason=WHY, file="Return of February 2026"),
            lambda: open_restricted(by=olu, learner=learners[0], reason=WHY),
            lambda: open_restricted(by=cass, learner=learners[0], reason=WHY)]
    for days, act in enumerate(acts):
        monkeypatch.setattr(timezone, "now", lambda days=days: FIRST + timedelta(days=days))
        act()
    monkeypatch.undo()
    return {"olu": olu.email, "cass": cass.email, "": "", "numbers": [str(each.number) for each in learners]}


def _lines(client, query=""):
    rows = page_of(client.get(f"/learners/openings/{query}")).findall(".//tbody/tr")
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in rows]


def test_what_was_taken_away_at_once_is_one_line_with_whose_records_it_was(cast, opened):
    lines, (first, second, third) = _lines(cast("information_governance_officer")), opened["numbers"]
    assert [(line[1], line[2]) for line in lines] == [
        (opened["cass"], first), (opened["olu"], first), (opened["olu"], f"2 records {first}, {second}"),
        ("A command", f"3 records {first}, {second}, {third}")]
    assert "Return of January 2026: no reason was given" in lines[-1][3]


def test_records_that_one_person_opened_at_the_very_same_moment_are_lines_of_their_own(cast, enrol):
    by, words = make_user("tracking_officer"), {"reason": WHY, "at": FIRST, "until": FIRST + timedelta(minutes=30)}
    for each in (enrol("Ade"), enrol("Bo")):
        Opening(learner=each, number=each.number, area="358", by=by, who_email=by.email, **words).save()
    assert len(_lines(cast("information_governance_officer"))) == 2


@pytest.mark.parametrize(("query", "whom"), [
    ("kind=opened", ["cass", "olu"]), ("kind=taken", ["olu", ""]), ("who=olu", ["olu", "olu"]),
    ("who=", ["cass", "olu", "olu", ""]),
    ("who=command", [""]), ("kind=taken&who=olu", ["olu"]), ("since=2026-03-03", ["cass", "olu"]),
    ("until=2026-03-02", ["olu", ""]), ("since=2026-03-02&until=2026-03-02", ["olu"]), ("since=2026-03-05", []),
])
def test_the_list_is_narrowed_and_so_is_its_file(cast, opened, query, whom):
    firsts = {key: Opening.objects.filter(who_email=opened[key]).earliest("pk").pk for key in ("olu", "cass", "")}
    asked = dict(pair.split("=") for pair in query.split("&"))
    typed = {"kind": asked.get("kind", ""), "who": {"olu": firsts["olu"], "command": firsts[""]}.get(asked.get("who"), "")}
    for name in ("since", "until"):
        if name in asked:
            day = date.fromisoformat(asked[name])
            typed |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    query, client = "?" + "&".join(f"{name}={value}" for name, value in typed.items()), cast("information_governance_officer")
    assert [line[1] for line in _lines(client, query)] == [opened[each] or "A command" for each in whom]
    file = client.get(f"/learners/openings.csv{query}").content.decode()
    assert sum(file.count(f",{email or 'A command'},") for email in {opened["olu"], opened["cass"], ""}) == sum(
        line.count(",") + 1 for line in (line[2] for line in _lines(client, query)))


def test_days_that_lie_the_wrong_way_round_are_told_and_nothing_is_narrowed_by_them(cast, opened):
    days = "since_day=3&since_month=3&since_year=2026&until_day=2&until_month=3&until_year=2026"
    client = cast("information_governance_officer")
    assert "Enter a day that is not before the first" in client.get(f"/learners/openings/?{days}").content.decode()
    assert len(_lines(client, f"?{days}")) == 4
    assert client.get(f"/learners/openings.csv?{days}").content == client.get("/learners/openings.csv").content
