"""Many actions in one grid: only what was typed changes, it is seen before it is saved, and undone as a whole."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from tests.apps.plans.going import AREA, a_party, a_plan, an_action, in_days, owned_by, said
from tests.cast import make_user
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.plans import bulk
from throughline.apps.plans.actions.editing import change_action
from throughline.apps.plans.actions.updating import add_update
from throughline.apps.plans.models import Action, Batch, Update

pytestmark = pytest.mark.django_db


@pytest.fixture
def going():
    """A plan of three actions, the first late."""
    plan = a_plan()
    for number, days in (("1", -3), ("2", 60), ("3", None)):
        an_action(plan, number, days=days)
    return plan


def _all(plan):
    return list(Action.objects.filter(plan=plan))


def _grid(plan, user, **typed):
    """What a browser sends of the whole grid, with this typed into it: r1_narrative="…" by the number as printed."""
    lines = bulk.lines(plan, _all(plan))
    sent = {"page": "1"}
    for line in lines:
        sent |= {f"r{line.action.pk}-{name}": value for name, value in line.held.items()}
        sent[f"r{line.action.pk}-version"] = line.version
    pks = {line.action.number: line.action.pk for line in lines}
    for name, value in typed.items():
        number, _, of = name.removeprefix("r").partition("_")
        sent[f"r{pks[number]}-{of}"] = value
    return sent


def _address(plan):
    return reverse("plans:bulk", args=[plan.pk])


def test_a_preview_says_exactly_what_will_change_and_saves_nothing(lead, by, going):
    typed = _grid(going, by, r2_narrative="Two <b>of</b> three", r2_state="done", r3_when="by July 2030")
    answer = lead.post(_address(going), typed)
    words = answer.content.decode()
    assert "What will change" in words
    assert "2 actions have something new" in words
    assert "Two &lt;b&gt;of&lt;/b&gt; three" in words
    assert "Read as: By 31 July 2030" in words
    assert "As before: none was chosen" in words
    assert "Do the thing numbered 1" not in words
    assert not Update.objects.exists()
    assert {action.state for action in _all(going)} == {"open"}


def test_what_is_confirmed_is_saved_together_and_the_rest_is_untouched(lead, by, going):
    party = a_party("Marlshire College")
    typed = _grid(going, by, r1_rag="amber", r1_narrative="Slipping", r2_state="done", r3_when="by July 2030",
                  r3_owners="Marlshire College")
    answer = lead.post(_address(going), {**typed, "confirm": "1"})
    first, second, third = _all(going)
    batch = Batch.objects.get()
    assert answer.url == reverse("plans:batch", args=[going.pk, batch.pk])
    assert "3 actions saved." in lead.get(answer.url).content.decode()
    assert [(update.action, update.rag, update.narrative, update.batch) for update in Update.objects.all()] == [
        (first, "amber", "Slipping", batch.pk)]
    assert (second.state, second.state_on, third.when_printed) == ("done", in_days(0), "by July 2030")
    assert third.due_on.isoformat() == "2030-07-31"
    assert [owner.party for owner in third.owners.all()] == [party]
    assert (first.state, first.owners.count()) == ("open", 0)
    assert "3 actions" in str(AuditEntry.objects.filter(detail__has_key="bulk update").latest("id").detail)


def test_a_rating_other_than_the_proposed_waits_for_its_reason(lead, by, going):
    typed = _grid(going, by, r1_rag="green")
    answer = lead.post(_address(going), {**typed, "confirm": "1"})
    assert "say why the rating is not the one proposed" in answer.content.decode()
    assert not Update.objects.exists()
    lead.post(_address(going), {**typed, f"r{_all(going)[0].pk}-reason": "Agreed to slip", "confirm": "1"})
    update = Update.objects.get()
    assert (update.rag, update.proposed_rag, update.override_reason) == ("green", "amber", "Agreed to slip")


def test_an_update_of_an_action_without_a_rating_leaves_it_unrated(lead, by, going):
    typed = _grid(going, by, r1_narrative="Slipping")
    assert "As before: none was chosen" in lead.post(_address(going), typed).content.decode()
    lead.post(_address(going), {**typed, "confirm": "1"})
    assert (Update.objects.get().rag, Update.objects.get().proposed_rag) == ("", "amber")


def test_an_update_without_a_rating_keeps_the_last_one_and_its_reason(lead, by, going):
    first = _all(going)[0]
    add_update(by=by, action=first, rag="green", override_reason="Agreed to slip", as_at=in_days(-1))
    lead.post(_address(going), {**_grid(going, by, r1_narrative="Still well"), "confirm": "1"})
    update = Update.objects.first()
    assert (update.rag, update.narrative, update.override_reason) == ("green", "Still well", "Agreed to slip")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"r1_state": "stopped"}, "say why it was stopped"), ({"r1_owners": "Nobody known"}, "nobody in the directory is called"),
        ({"r1_rag": "purple"}, "choose one of the ratings"), ({"r1_state": "lost"}, "choose whether it is open"),
        ({"r1_rag": "none"}, "say how it is going"), ({}, "Nothing was changed in the grid"),
    ],
)
def test_what_cannot_be_saved_comes_back_in_the_grid_with_nothing_lost(lead, by, going, typed, sentence):
    beside = {"r2_next_step": "Keep me"} if typed else {}
    answer = lead.post(_address(going), {**_grid(going, by, **typed, **beside), "confirm": "1"})
    assert sentence in answer.content.decode()
    assert "Update many actions" in answer.content.decode()
    assert not Batch.objects.exists()
    assert ("Keep me</textarea>" in answer.content.decode()) == bool(typed)


def test_going_back_keeps_what_was_typed(lead, by, going):
    answer = lead.post(_address(going), {**_grid(going, by, r2_narrative="Half of it"), "back": "1"})
    assert "Half of it</textarea>" in answer.content.decode()
    assert not Update.objects.exists()


def test_what_somebody_changed_meanwhile_is_shown_and_not_overwritten(lead, by, going):
    typed = _grid(going, by, r1_when="by July 2030", r2_narrative="Mine")
    first = _all(going)[0]
    change_action(by=make_user("school_improvement_officer"), action=first, when_printed="by May 2031")
    answer = lead.post(_address(going), {**typed, "confirm": "1"})
    words = answer.content.decode()
    assert "Somebody else changed this action" in words
    assert "by May 2031" in words
    assert "by July 2030" in words
    assert not Batch.objects.exists()
    first.refresh_from_db()
    warned = bulk.lines(going, [first])[0].version
    lead.post(_address(going), {**typed, f"r{first.pk}-warned": warned, "confirm": "1"})
    first.refresh_from_db()
    assert first.when_printed == "by May 2031"
    assert Update.objects.get().narrative == "Mine"


def test_mine_is_saved_over_theirs_only_when_that_is_asked_for(lead, by, going):
    typed = _grid(going, by, r1_when="by July 2030")
    first = _all(going)[0]
    change_action(by=by, action=first, when_printed="by May 2031")
    anyway = {f"r{first.pk}-warned": bulk.lines(going, [first])[0].version, f"r{first.pk}-anyway": "on"}
    lead.post(_address(going), {**typed, f"r{first.pk}-anyway": "on", "confirm": "1"})
    assert not Batch.objects.exists()
    lead.post(_address(going), {**typed, **anyway, "confirm": "1"})
    first.refresh_from_db()
    assert first.when_printed == "by July 2030"


def test_what_somebody_saves_while_the_grid_is_being_read_is_seen(lead, by, going, monkeypatch):
    typed = _grid(going, by, r1_when="by July 2030")
    pages = bulk.pages

    def slowly(plan, user):
        made = pages(plan, user)
        change_action(by=make_user("school_improvement_officer"), action=_all(plan)[0], when_printed="by May 2031")
        return made

    monkeypatch.setattr(bulk, "pages", slowly)
    words = lead.post(_address(going), {**typed, "confirm": "1"}).content.decode()
    assert "Somebody else changed this action" in words
    assert _all(going)[0].when_printed == "by May 2031"
    assert not Batch.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite lets one transaction in at a time")
def test_two_people_at_once_do_not_overwrite_each_other(lead, by, going):
    typed, first = _grid(going, by, r1_when="by July 2030"), _all(going)[0]

    def post() -> str:
        try:
            return lead.post(_address(going), {**typed, "confirm": "1"}).content.decode()
        finally:
            connections.close_all()

    second = ThreadPoolExecutor(1)
    with transaction.atomic():
        change_action(by=by, action=first, when_printed="by May 2031")
        words = second.submit(post)
        while not _somebody_waits():
            assert not words.done()
            time.sleep(0.05)
    assert "Somebody else changed this action" in words.result()
    assert _all(going)[0].when_printed == "by May 2031"


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        return cursor.fetchone()[0] > 0


def _undo(client, batch):
    return client.post(reverse("plans:undo_batch", args=[batch.plan_id, batch.pk]), follow=True).content.decode()


def test_undoing_puts_everything_back(lead, by, going):
    a_party("Marlshire College")
    owned_by(_all(going)[2], None, "QQZ")
    before = {action.pk: (action.state, action.when_printed, action.due_on) for action in _all(going)}
    lead.post(_address(going), {**_grid(going, by, r1_narrative="A", r2_state="done", r3_when="by July 2030",
                                        r3_owners="Marlshire College"), "confirm": "1"})
    assert [owner.printed for owner in _all(going)[2].owners.all()] == ["Marlshire College"]
    assert "The bulk update is undone" in _undo(lead, Batch.objects.get())
    assert {action.pk: (action.state, action.when_printed, action.due_on) for action in _all(going)} == before
    assert [owner.printed for owner in _all(going)[2].owners.all()] == ["QQZ"]
    update = Update.objects.get()
    assert (update.undone_by, bool(update.undone_at)) == (by, True)
    assert "undone already" in _undo(lead, Batch.objects.get())


def test_undoing_leaves_what_was_changed_since_and_says_so(lead, by, going):
    lead.post(_address(going), {**_grid(going, by, r2_state="done", r3_when="by July 2030"), "confirm": "1"})
    change_action(by=by, action=_all(going)[2], when_printed="by May 2031")
    words = _undo(lead, Batch.objects.get())
    assert "Action 3: its time was changed since, so that stays" in words
    assert (_all(going)[1].state, _all(going)[2].when_printed) == ("open", "by May 2031")


def test_an_owner_has_only_their_own_rows_and_only_says_how_they_are_going(cast, going):
    user = make_user("provider_staff")
    own, other, _ = _all(going)
    owned_by(own, a_party("Marlshire College", user))
    client = cast("provider_staff")
    words = client.get(_address(going)).content.decode()
    assert f"r{own.pk}-narrative" in words
    assert f"r{other.pk}-narrative" not in words
    assert f"r{own.pk}-state" not in words
    typed = _grid(going, user, r1_narrative="Well", r1_rag="amber", r1_state="done", r1_owners="", r2_narrative="Not mine")
    client.post(_address(going), {**typed, "confirm": "1"})
    own.refresh_from_db()
    assert [update.action for update in Update.objects.all()] == [own]
    assert (own.state, own.owners.count()) == ("open", 1)
    assert client.post(reverse("plans:undo_batch", args=[going.pk, Batch.objects.get().pk])).status_code == 302


def test_only_the_maker_or_an_editor_undoes(cast, lead, by, going):
    lead.post(_address(going), {**_grid(going, by, r2_state="done"), "confirm": "1"})
    batch = Batch.objects.get()
    assert cast("provider_staff").post(reverse("plans:undo_batch", args=[going.pk, batch.pk])).status_code == 403
    assert not Batch.objects.get().undone_at


@pytest.mark.parametrize("role", ["councillor", "inspector"])
def test_a_reader_has_no_grid(cast, going, role):
    assert cast(role).get(_address(going)).status_code == 403


def test_another_authoritys_plan_and_batch_are_not_there(lead, by):
    plan = a_plan(area="909")
    batch = Batch.objects.create(plan=plan)
    assert lead.get(_address(plan)).status_code == 404
    assert lead.get(reverse("plans:batch", args=[plan.pk, batch.pk])).status_code == 404
    other = a_plan(area=AREA)
    assert lead.get(reverse("plans:batch", args=[other.pk, batch.pk])).status_code == 404


def test_a_long_plan_has_pages_and_a_whole_page_can_be_sent(lead, by, settings):
    plan = a_plan()
    for number in range(200):
        an_action(plan, f"1.{number}")
    pages = bulk.pages(plan, by)
    assert [len(page) for page in pages] == [100, 100]
    sent = {"page": "2"}
    for line in bulk.lines(plan, pages[1]):
        sent |= {f"r{line.action.pk}-{name}": value for name, value in line.held.items()}
        sent |= {f"r{line.action.pk}-version": line.version, f"r{line.action.pk}-narrative": "Well",
                 f"r{line.action.pk}-reason": "So"}
    assert len(sent) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    lead.post(_address(plan), {**sent, "confirm": "1"})
    assert Update.objects.count() == 100
    assert set(Update.objects.values_list("action__number", flat=True)) == {f"1.{number}" for number in range(100, 200)}


def test_the_grid_takes_as_many_queries_however_many_actions(by, django_assert_max_num_queries):
    plan = a_plan()
    for number in range(60):
        said(by, an_action(plan, f"1.{number}"), "green")
    actions = _all(plan)
    with django_assert_max_num_queries(7):
        bulk.drafts(bulk.lines(plan, actions), {f"r{each.pk}-narrative": "x" for each in actions}, by, in_days(0))
