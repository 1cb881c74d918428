"""Reminders: one letter a person with what they have not been told, each thing once, and none about a draft."""

from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tests.apps.plans.going import a_party, a_plan, an_action, owned_by
from tests.cast import make_user
from throughline.apps.plans.actions import reminding
from throughline.apps.plans.models import Action, Milestone, Plan, Reminder, Update

pytestmark = pytest.mark.django_db
SITE = "https://throughline.example.org"
ON = "2026-09-15"


def _due(plan, number, due_on, *owners):
    action = an_action(plan, number)
    action.due_on = due_on
    action.save()
    for owner in owners:
        owned_by(action, owner)
    return action


def _send(*more, on=ON, capsys=None):
    call_command("send_reminders", "--on", on, "--site", SITE, *more)
    return capsys.readouterr().out if capsys else ""


@pytest.fixture
def owner():
    """An owner whom the directory has an address for."""
    return a_party("Head of Inclusion", email="Inclusion@example.org")


@pytest.fixture
def owed(owner):
    """Actions late, soon, later and without a date, all updated this month but the last two."""
    plan = a_plan()
    dates = {"late": date(2026, 9, 1), "soon": date(2026, 9, 29), "later": date(2026, 9, 30), "silent": None}
    actions = {number: _due(plan, number, due_on, owner) for number, due_on in dates.items()}
    for number in ("late", "soon"):
        Update.objects.create(action=actions[number], as_at=date(2026, 9, 2), rag="green")
    Update.objects.create(action=actions["silent"], as_at=date(2026, 8, 31), rag="green")
    Milestone.objects.create(action=actions["later"], text="Protocol signed", due_on=date(2026, 9, 20))
    return actions


def _told():
    return set(Reminder.objects.values_list("action__number", "kind", "due_on", "to"))


def test_one_letter_a_person_says_all_that_is_theirs_with_links(owed, capsys):
    words = _send(capsys=capsys)
    letter, = mail.outbox
    assert letter.to == ["inclusion@example.org"]
    assert letter.subject == "Throughline: your actions, 1 overdue"
    for there in ("Dear Head of Inclusion", "OVERDUE", "late Do the thing numbered late", "By 1 September 2026",
                  "By 29 September 2026", "Protocol signed (Action later)", "WAITING FOR THIS MONTH’S UPDATE",
                  f"{SITE}/my-actions/", f"{SITE}/plans/{owed['late'].plan_id}/actions/{owed['late'].pk}/"):
        assert there in letter.body
    assert "By 30 September 2026" not in letter.body
    assert words.split("\n")[1].split() == ["inclusion@example.org", "1", "2", "2", "sent"]
    to, month = "inclusion@example.org", date(2026, 9, 1)
    assert _told() == {
        ("late", "overdue", date(2026, 9, 1), to), ("soon", "coming up", date(2026, 9, 29), to),
        ("later", "milestone coming up", date(2026, 9, 20), to), ("later", "update due", month, to),
        ("silent", "update due", month, to)}


def test_each_thing_is_told_once_and_the_next_when_it_comes(owed, capsys):
    _send()
    assert "Nobody has to be reminded" in _send(capsys=capsys)
    assert len(mail.outbox) == 1
    _send(on="2026-09-16")
    assert "By 30 September 2026" in mail.outbox[1].body
    assert "1 September 2026" not in mail.outbox[1].body
    _send(on="2026-10-01")
    assert "OVERDUE" in mail.outbox[2].body
    assert "numbered silent" in mail.outbox[2].body


def test_two_milestones_of_one_action_on_one_day_are_each_told_of(owner):
    action = _due(a_plan(), "1", None, owner)
    day = date(2026, 9, 20)
    for text in ("Protocol signed", "Protocol published"):
        Milestone.objects.create(action=action, text=text, due_on=day)
    _send(on="2026-09-09")
    assert "Protocol signed" in mail.outbox[0].body
    assert "Protocol published" in mail.outbox[0].body
    Milestone.objects.create(action=action, text="Protocol read aloud", due_on=day)
    _send(on="2026-09-10")
    assert "read aloud" in mail.outbox[1].body
    assert "signed" not in mail.outbox[1].body
    _send(on="2026-09-11")
    assert len(mail.outbox) == 2


def test_a_dry_run_prints_and_sends_and_notes_nothing(owed, capsys):
    assert "would be sent" in _send("--dry-run", capsys=capsys)
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_the_address_is_the_directorys_or_else_the_open_accounts(capsys):
    plan, user, closed = a_plan(), make_user("provider_staff"), make_user("inspector")
    closed.is_active = False
    closed.save()
    shut = a_party("Closed entry", email="shut@example.org")
    shut.closed_on = date(2026, 1, 1)
    shut.save()
    parties = [a_party("Own address", user, "own@example.org"), a_party("By account", make_user("data_officer")),
               a_party("Account closed", closed), a_party("No address"), shut]
    _due(plan, "1", date(2026, 9, 1), *parties)
    owned_by(_due(plan, "2", date(2026, 9, 1)), None)
    _send()
    assert [letter.to for letter in mail.outbox] == [["data.officer@example.org"], ["own@example.org"]]


def test_two_entries_of_one_person_are_one_letter_that_says_each_thing_once(owner):
    again = a_party("Chair of the board", email="inclusion@example.org")
    _due(a_plan(), "1", date(2026, 9, 1), owner, again)
    _send()
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body.count("By 1 September 2026") == 1


@pytest.mark.parametrize("state", [Plan.State.DRAFT, Plan.State.SUPERSEDED, Plan.State.CLOSED])
def test_only_approved_plans_are_reminded_of(owner, state):
    _due(a_plan(state=state), "1", date(2026, 9, 1), owner)
    _send()
    assert mail.outbox == []


@pytest.mark.parametrize("words", [{"state": "done"}, {"ongoing": True}, {"removed_at": "2026-01-01T00:00Z"}])
def test_what_is_done_without_end_or_taken_out_is_not_overdue(owner, words):
    _due(a_plan(), "1", date(2026, 9, 1), owner)
    Action.objects.update(**words)
    _send()
    assert "OVERDUE" not in "".join(letter.body for letter in mail.outbox)


def test_a_letter_that_fails_is_said_and_tried_again(owed, monkeypatch, capsys):
    def fails(*_):
        raise ConnectionRefusedError("inclusion@example.org refused")

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "send_mail", fails)
        with pytest.raises(CommandError, match="1 letter could not be sent"):
            _send()
    assert "could not be sent" in capsys.readouterr().out
    assert not Reminder.objects.exists()
    _send()
    assert len(mail.outbox) == 1


def test_two_runs_at_once_send_one_letter(owed):
    from throughline.apps.plans.reminders import letters

    found = letters(date(2026, 9, 15))
    _send()
    assert [outcome for _, outcome in reminding.send_letters(letters=found, site=SITE)] == [reminding.TOLD]
    assert len(mail.outbox) == 1


def test_without_the_sites_address_nothing_is_sent(owed, settings):
    with pytest.raises(CommandError, match="THROUGHLINE_ORIGINS"):
        call_command("send_reminders", "--on", ON)
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.org", "https://plans.example.org"]
    call_command("send_reminders", "--on", ON)
    assert "https://plans.example.org/my-actions/" in mail.outbox[0].body
