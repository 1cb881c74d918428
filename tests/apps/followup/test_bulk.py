"""Many learners in one grid: looked over before it is saved, all or none of it, and undone but for what changed since."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.followup.conftest import TODAY
from tests.apps.organisations.boxes import boxes
from tests.apps.performance.reading import page_of
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.followup.actions.bulk import undo_bulk
from throughline.apps.followup.actions.following import hand_over
from throughline.apps.followup.grid import carried, lines
from throughline.apps.followup.models import BulkUpdate, Following
from throughline.apps.followup.queries import bulks_of
from throughline.apps.learners.actions.activities import correct_activity, withdraw_activity
from throughline.apps.learners.actions.forgetting import forget_learners
from throughline.apps.learners.models import Activity, Learner

GRID = "/follow-up/lists/neet_overdue/grid/"
SOON = (TODAY + timedelta(days=7)).isoformat()


def _typed(learners, confirm: bool = False, **rows) -> dict[str, str]:
    """What the grid posts: what each row showed, and rows as r1={"officer": ...} by the learner's key."""
    typed = {"rows": ",".join(str(learner.pk) for learner in learners)}
    for line in lines(learner.pk for learner in learners):
        typed |= {f"r{line.learner.pk}-{when}": carried(line.now) for when in ("first", "shown")}
    for row, values in rows.items():
        typed |= {f"{row}-{name}": str(value) for name, value in values.items()}
    return typed | ({"confirm": "1"} if confirm else {})


@pytest.fixture
def two(enrol, request):
    return [enrol("Ade", ago=100), enrol("Bo", ago=120, **getattr(request, "param", {}))]


@pytest.fixture
def rows(two, officer):
    """Both claimed, one to be spoken to next week, the other's activity confirmed."""
    ade, bo = two
    return {f"r{ade.pk}": {"officer": officer.pk, "next_contact": SOON}, f"r{bo.pk}": {"officer": officer.pk, "confirm": "yes"}}


def _kept():
    return [(one.learner.pk, one.officer_id, one.next_contact) for one in Following.objects.order_by("learner_id")]


@pytest.mark.parametrize(("two", "said"), [
    ({}, "Last confirmed on 31 July 2026"),
    ({"ascertained": None, "verified": None}, "Was to start on 31 July 2026, not confirmed by anybody yet"),
], indirect=["two"])
def test_nothing_is_saved_before_it_was_looked_over(client, two, rows, said):
    page = client.post(GRID, _typed(two, **rows)).content.decode()
    assert "What will change" in page
    assert said in page
    assert "Olu Officer" in page
    assert (Following.objects.count(), Activity.objects.count(), BulkUpdate.objects.count()) == (0, 2, 0)


def test_a_longer_grid_asks_no_more_of_the_database(client, enrol):
    asked = []
    for ago in (100, 120, 140):
        enrol(ago=ago)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(GRID).status_code == 200
        asked.append(len(queries))
    assert asked[1] == asked[2]


@pytest.mark.parametrize("held", [{"code": "810"}, {"code": "220", "predicted_end": date(2026, 10, 1), "leaving_reason": "2"}])
def test_what_nobody_knows_or_they_left_is_not_confirmed(client, enrol, held):
    learner = enrol("Cy", ago=100, **held)
    assert "nothing to confirm" in client.get("/follow-up/lists/not_known/grid/").content.decode()
    typed = _typed([learner], **{f"r{learner.pk}": {"confirm": "yes"}})
    assert "nothing is recorded that could be confirmed" in client.post(GRID, typed).content.decode()


def test_all_of_it_is_saved_together_and_undone_together(client, two, rows, officer):
    ade, bo = two
    answer = client.post(GRID, _typed(two, confirm=True, **rows))
    made = BulkUpdate.objects.get()
    assert answer.url == f"/follow-up/bulk/{made.pk}/"
    assert _kept() == [(ade.pk, officer.pk, TODAY + timedelta(days=7)), (bo.pk, officer.pk, None)]
    assert bo.activities.known().get().verified == TODAY
    [offered] = page_of(client.get(answer.url)).findall(".//div[@role='alert']//form")
    assert offered.get("action") == f"{answer.url}undo/"
    client.post(offered.get("action"))
    assert _kept() == [(ade.pk, None, None), (bo.pk, None, None)]
    assert bo.activities.known().get().verified == TODAY - timedelta(days=120)
    assert bo.activities.count() == 3  # what was believed meanwhile stays known as such


def _words(answer) -> str:
    return " ".join(" ".join(page_of(answer).find(".//main").itertext()).split())


def test_the_page_of_what_was_saved_shows_before_and_after(client, two, rows, officer, colleague):
    for learner in two:
        hand_over(by=officer, learner=learner, officer=colleague)
    client.post(GRID, _typed(two, confirm=True, **rows))
    made = BulkUpdate.objects.get()
    said = _words(client.get(f"/follow-up/bulk/{made.pk}/"))
    assert "Officer: Before: Cass Colleague → After: Olu Officer" in said
    assert "Next contact: Before: None set → After: 5 December 2026" in said
    assert "Still doing: Before: Last confirmed on 31 July 2026 → After: Seeking employment, education or training: " in said
    assert re.search(r"training: last confirmed on \d+ [A-Z]", said)
    lines = client.get(f"/follow-up/bulk/{made.pk}/changes.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Number,Name,What was changed,Before,After"
    assert any(line.endswith("Next contact,None set,5 December 2026") for line in lines)


def _problems(answer) -> list[str]:
    """What stands in the box at the head of the page."""
    found = page_of(answer).findall(".//div[@class='govuk-error-summary__body']//li")
    return [" ".join(" ".join(each.itertext()).split()) for each in found]


def _shown(answer) -> dict[str, str]:
    """What the preview says of each: the name and what becomes of them."""
    parts = page_of(answer).findall(".//section[@class='app-drafted']")
    return {part.find("h2").text: " ".join(" ".join(part.find("dl").itertext()).split()) for part in parts}


def test_what_is_typed_for_all_ticked_fills_what_each_ticked_row_left_as_it_was(client, two, enrol, officer, colleague):
    ade, bo, unticked, unknown = *two, enrol("Cy", ago=90), enrol("Di", code="810", ago=100)
    typed = _typed([ade, bo, unticked, unknown], **{
        f"r{ade.pk}": {"tick": "yes"}, f"r{bo.pk}": {"tick": "yes", "officer": colleague.pk}, f"r{unknown.pk}": {"tick": "yes"},
        "all": {"officer": officer.pk, "next_contact": SOON, "confirm": "yes"}})
    answer = client.post(GRID, typed)
    shown = _shown(answer)
    assert list(shown) == ["Okafor, Ade", "Okafor, Bo", "Okafor, Di"]
    assert ["Olu Officer" in said for said in shown.values()] == [True, False, True]
    assert "Cass Colleague" in shown["Okafor, Bo"]
    assert all("5 December 2026" in said for said in shown.values())
    assert ["confirmed today" in said for said in shown.values()] == [True, True, False]  # nobody knows what Di does
    client.post(GRID, {**boxes(answer), "confirm": "1"})
    soon = TODAY + timedelta(days=7)
    assert _kept() == [(ade.pk, officer.pk, soon), (bo.pk, colleague.pk, soon), (unknown.pk, officer.pk, soon)]


def test_going_back_from_the_preview_shows_ticks_and_what_was_for_all_as_they_were(client, two, officer):
    ade, bo = two
    later = (TODAY + timedelta(days=26)).isoformat()
    first = client.post(GRID, _typed(two, **{f"r{ade.pk}": {"tick": "yes"}, "all": {"next_contact": SOON}}))
    again = boxes(client.post(GRID, {**boxes(first), "back": "1"}))
    assert (again[f"r{ade.pk}-tick"], again["all-next_contact"], again[f"r{ade.pk}-next_contact"]) == ("yes", SOON, "")
    assert f"r{bo.pk}-tick" not in again
    changed = client.post(GRID, {**again, "all-next_contact": later})
    client.post(GRID, {**boxes(changed), "confirm": "1"})
    assert [(pk, on) for pk, _, on in _kept()] == [(ade.pk, TODAY + timedelta(days=26))]


def test_one_tick_stands_for_every_row_of_the_page(client, two, officer):
    client.post(GRID, _typed(two, confirm=True, all={"tick": "yes", "officer": officer.pk}))
    assert [(pk, holder) for pk, holder, _ in _kept()] == [(learner.pk, officer.pk) for learner in two]


def test_all_ticked_can_be_let_go_of(client, two, officer, colleague):
    for learner in two:
        hand_over(by=officer, learner=learner, officer=colleague)
    typed = _typed(two, confirm=True, **{f"r{two[0].pk}": {"tick": "yes"}, "all": {"officer": "nobody"}})
    client.post(GRID, typed)
    assert [holder for _, holder, _ in _kept()] == [None, colleague.pk]


@pytest.mark.parametrize(("name", "value", "said"), [
    ("next_contact", "2026-11-27", "For all ticked: enter today or a later day"),
    ("next_contact", "soon", "For all ticked: write the day as 2026-11-28"),
    ("officer", "999999", "For all ticked: choose an officer of the list"),
])
def test_what_cannot_be_for_all_is_said_once_and_stays_where_it_was_typed(client, two, name, value, said):
    ticks = {f"r{learner.pk}": {"tick": "yes"} for learner in two}
    answer = client.post(GRID, _typed(two, confirm=True, **ticks, all={name: value}))
    problems = page_of(answer).findall(".//div[@class='govuk-error-summary__body']//a")
    assert [(link.text.strip(), link.get("href")) for link in problems] == [(said, f"#all-{name}")]
    assert boxes(answer)[f"r{two[0].pk}-tick"] == "yes"
    assert BulkUpdate.objects.count() == 0


def test_what_is_for_all_ticked_while_none_is_says_so(client, two):
    said = client.post(GRID, _typed(two, all={"next_contact": SOON}))
    assert "is for the rows that are ticked" in _words(said)
    assert boxes(said)["all-next_contact"] == SOON


def test_a_grid_that_is_empty_says_whether_the_list_is(client, two):
    assert "Nobody stands on this list" in _words(client.get("/follow-up/lists/not_known/grid/"))
    narrowed = _words(client.get(f"{GRID}?vulnerable=yes"))
    assert ("Nobody fits" in narrowed, "Nobody stands on this list" in narrowed) == (True, False)


def test_a_grid_without_a_change_says_so(client, two):
    said = _words(client.post(GRID, _typed(two)))
    assert ("Nothing in the grid differs" in said, "rows that are ticked" in said) == (True, False)
    assert "Nothing in the grid differs" not in _words(client.get(GRID))
    assert "Nothing in the grid differs" not in _words(client.post(GRID, {**_typed(two), "back": "1"}))


def test_what_changed_since_stays_when_it_is_undone(client, two, rows, officer, colleague):
    ade, bo = two
    client.post(GRID, _typed(two, confirm=True, **rows))
    hand_over(by=officer, learner=ade, officer=colleague)
    withdraw_activity(by=officer, activity=bo.activities.known().get())
    Learner.objects.filter(pk=bo.pk).update(restricted=True)
    kept = undo_bulk(by=officer, bulk=BulkUpdate.objects.get())
    assert kept == ["Okafor, Ade: who has them was changed since, so that stays.",
                    f"Learner {bo.number}: what they do was changed since, so that stays."]
    assert _kept() == [(ade.pk, colleague.pk, None), (bo.pk, None, None)]


def test_one_row_that_somebody_changed_meanwhile_stops_all_of_it_until_it_was_looked_at(client, two, rows, colleague, officer):
    ade, bo = two
    typed = _typed(two, confirm=True, **rows)
    hand_over(by=colleague, learner=ade, officer=colleague)
    answer = client.post(GRID, typed)
    assert "Changed by Cass Colleague while you had the grid open" in _words(answer)
    assert (BulkUpdate.objects.count(), _kept()) == (0, [(ade.pk, colleague.pk, None)])
    client.post(GRID, {**boxes(answer), "confirm": "1"})
    assert _kept()[0] == (ade.pk, officer.pk, TODAY + timedelta(days=7)), "it was looked at since"


def test_a_box_that_was_left_as_it_was_shown_takes_nothing_from_whom_somebody_else_changed_meanwhile(client, two, colleague):
    ade, bo = two
    opened = {**boxes(client.get(GRID)), f"r{ade.pk}-next_contact": SOON}
    hand_over(by=colleague, learner=bo, officer=colleague)
    hand_over(by=colleague, learner=ade, officer=colleague)
    answer = client.post(GRID, opened)
    assert list(_shown(answer)) == ["Okafor, Ade"]
    assert _problems(answer) == [], "whoever was left as they were is not so already"
    assert ("Changed by" in _words(answer), "Officer" in _shown(answer)["Okafor, Ade"]) == (False, False)
    again = client.post(GRID, boxes(client.post(GRID, {**boxes(answer), "back": "1"})))
    client.post(GRID, {**boxes(again), "confirm": "1"})
    assert _kept() == [(ade.pk, colleague.pk, TODAY + timedelta(days=7)), (bo.pk, colleague.pk, None)]


@pytest.mark.parametrize("before_preview", [True, False])
def test_what_is_for_all_ticked_wins_over_what_somebody_else_did_meanwhile_which_stays_told(
    client, two, officer, colleague, before_preview,
):
    ade, bo = two
    answer = {**boxes(client.get(GRID)), f"r{ade.pk}-tick": "yes", "all-officer": str(officer.pk)}
    if not before_preview:
        answer = {**boxes(client.post(GRID, answer)), "confirm": "1"}
    hand_over(by=colleague, learner=ade, officer=colleague)
    told, saving = client.post(GRID, answer), not before_preview
    for _ in range(2):  # the second time, after going back
        assert _shown(told) == {"Okafor, Ade": "Officer Before: Cass Colleague → After: Olu Officer"}
        assert "Officer: Before: Nobody → After: Cass Colleague" in _words(told)
        assert bool(_problems(told)) == saving, "only a save that was refused is told of as such"
        saving = False
        back = client.post(GRID, {**boxes(told), "back": "1"})
        assert "Officer: Before: Nobody → After: Cass Colleague" in _words(back)
        told = client.post(GRID, boxes(back))
    client.post(GRID, {**boxes(told), "confirm": "1"})
    assert [(pk, holder) for pk, holder, _ in _kept()] == [(ade.pk, officer.pk)]


def test_whom_somebody_took_between_the_preview_and_saving_is_shown_before_a_tick_takes_them(client, two, officer, colleague):
    ade, bo = two
    hand_over(by=officer, learner=ade, officer=officer)  # what is for all ticked, already
    opened = {**boxes(client.get(GRID)), "all-officer": str(officer.pk), **{f"r{one.pk}-tick": "yes" for one in two}}
    seen = client.post(GRID, opened)
    assert list(_shown(seen)) == ["Okafor, Bo"]
    hand_over(by=colleague, learner=ade, officer=colleague)
    assert sorted(_shown(client.post(GRID, {**boxes(seen), "confirm": "1"}))) == ["Okafor, Ade", "Okafor, Bo"]
    assert _kept() == [(ade.pk, colleague.pk, None)]


def test_a_holder_who_is_an_officer_no_more_is_kept_unless_another_is_chosen(client, two, officer, colleague):
    for learner in two:
        hand_over(by=officer, learner=learner, officer=colleague)
    type(colleague).objects.filter(pk=colleague.pk).update(is_active=False)
    client.post(GRID, {**boxes(client.get(GRID)), f"r{two[0].pk}-next_contact": SOON, "confirm": "1"})
    assert _kept() == [(two[0].pk, colleague.pk, TODAY + timedelta(days=7)), (two[1].pk, colleague.pk, None)]


def test_an_activity_that_was_corrected_meanwhile_counts_as_changed(client, two, rows, officer):
    typed = _typed(two, confirm=True, **rows)
    correct_activity(by=officer, activity=two[1].activities.known().get(), code="610")
    client.post(GRID, typed)
    assert BulkUpdate.objects.count() == 0


@pytest.mark.parametrize(("name", "value", "said"), [
    ("next_contact", "next week", "Write the day as 2026-11-28"), ("next_contact", "2026-11-27", "Enter today or a later day"),
    ("next_contact", "2026-02-31", "Write the day as 2026-11-28"), ("officer", "999999", "Choose an officer of the list"),
])
def test_what_cannot_be_is_said_at_its_box(client, two, name, value, said):
    page = client.post(GRID, _typed(two, confirm=True, **{f"r{two[0].pk}": {name: value}})).content.decode()
    assert said in page
    assert BulkUpdate.objects.count() == 0


def test_another_authoritys_learner_cannot_be_slipped_into_the_grid(client, two, enrol, officer):
    theirs = enrol(area="202")
    client.post(GRID, _typed([*two, theirs], confirm=True, **{f"r{theirs.pk}": {"officer": officer.pk}}))
    assert not Following.objects.filter(learner=theirs).exists()


def test_undoing_twice_is_refused(client, two, rows):
    client.post(GRID, _typed(two, confirm=True, **rows))
    address = f"/follow-up/bulk/{BulkUpdate.objects.get().pk}/undo/"
    client.post(address)
    entries = AuditEntry.objects.filter(subject_kind="bulk update", verb="changed").count()
    assert "undone already" in client.post(address, follow=True).content.decode()
    assert AuditEntry.objects.filter(subject_kind="bulk update", verb="changed").count() == entries


def test_whoever_is_forgotten_leaves_the_updates_that_changed_them(client, two, rows, officer):
    ade, bo = two
    client.post(GRID, _typed(two, confirm=True, **rows))
    bulk = BulkUpdate.objects.get()
    assert set(bulk.changes.values_list("learner", flat=True)) == {ade.pk, bo.pk}
    Learner.objects.filter(pk=ade.pk).update(born=date(1990, 1, 1))
    assert forget_learners(by=None, area=officer.area, day=TODAY) == 1
    assert set(bulk.changes.values_list("learner", flat=True)) == {bo.pk}
    assert undo_bulk(by=officer, bulk=bulk) == []


def test_the_latest_bulk_update_is_first(db):
    day = timezone.now()
    for days in (2, 0, 1):
        BulkUpdate.objects.create(area="358", at=day - timedelta(days=days))
    assert [(day - each.at).days for each in bulks_of("358")] == [0, 1, 2]
