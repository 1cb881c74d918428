"""All of a file or nothing, once: stopped half-way, two people at once, changed meanwhile, undone, forgotten."""

import html
from datetime import date, timedelta
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.apps.exchange.browsing import accept_as_shown
from tests.apps.exchange.returns_made import ADE, BO, made, record
from tests.cast import make_user, sign_in
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.exchange import comparing, queries
from throughline.apps.exchange.actions import deciding
from throughline.apps.exchange.actions.bringing import bring_in
from throughline.apps.exchange.actions.deciding import accept, discard
from throughline.apps.exchange.actions.forgetting import forget
from throughline.apps.exchange.actions.undoing import StoodOnError, undo
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.followup.models import LoggedContact
from throughline.apps.learners.actions.activities import confirm_activity, record_activity
from throughline.apps.learners.actions.circumstances import add_trait
from throughline.apps.learners.actions.learners import amend_details, set_restriction
from throughline.apps.learners.actions.undoing import last_change
from throughline.apps.learners.history import steps_of
from throughline.apps.learners.models import Learner, Postcode, PostcodeRelease
from throughline.apps.learners.queries import particulars_of
from throughline.apps.learners.returned import records
from throughline.apps.learners.sight import sight_of
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.performance import figures

pytestmark = pytest.mark.django_db
MONTH = made(record(ADE, "110"), record(BO))
MOVED = {**ADE, "FamilyName": "Okafor", "AddressLine1": "3 Mill Lane", "Postcode": "ZZ1 2BB", "DateVerified": "2026-10-20"}
NEXT = made(record(MOVED), record({**BO, "CohortStatus": "E"}), period_end="2026-10-31")


@pytest.mark.parametrize("stopped_at", ["apply", "keep", "record"])
def test_stopped_half_way_nothing_is_changed(accepted, bring, officer, register, monkeypatch, stopped_at):
    accepted(MONTH)
    before = register(past=True)
    delivery = bring(NEXT)
    monkeypatch.setattr(comparing, "AT_ONCE", 1)  # the first of two pieces is written by then

    real = getattr(deciding, stopped_at)

    def done_and_stopped(*args, **words):
        real(*args, **words)
        raise KeyboardInterrupt

    monkeypatch.setattr(deciding, stopped_at, done_and_stopped)
    with pytest.raises(KeyboardInterrupt):
        accept(by=officer, delivery=delivery)
    monkeypatch.undo()
    assert register(past=True) == before
    assert Delivery.objects.get(pk=delivery.pk).state == "previewed"
    assert accept(by=officer, delivery=delivery).counts["changed"] == 2


def test_the_second_to_accept_is_told_who_did(bring, officer, register):
    delivery = bring(MONTH)
    seen_by_another = Delivery.objects.get(pk=delivery.pk)
    accept(by=officer, delivery=delivery)
    before = register(past=True)
    with pytest.raises(RefusedError, match="Tracking officer Example accepted this file"):
        accept(by=officer, delivery=seen_by_another)
    assert register(past=True) == before


def test_what_was_discarded_is_not_accepted_and_may_come_again(bring, officer):
    delivery = discard(by=officer, delivery=bring(MONTH))
    with pytest.raises(RefusedError, match="discarded"):
        accept(by=officer, delivery=delivery)
    assert Learner.objects.count() == 0
    assert bring(MONTH).pk != delivery.pk


def test_it_is_compared_afresh_with_what_the_register_has_become(accepted, bring, officer):
    accepted(MONTH)
    delivery = bring(NEXT)
    activity = Learner.objects.get(number=1).activities.known().get()
    confirm_activity(by=officer, activity=activity, verified=date(2026, 10, 25))
    accept(by=officer, delivery=delivery)
    assert Learner.objects.get(number=1).activities.known().get().verified == date(2026, 10, 25)


def test_an_accepted_file_is_undone_as_a_whole(accepted, officer, register):
    accepted(MONTH)
    before = register()
    delivery = accepted(NEXT)
    assert register() != before
    assert undo(by=officer, delivery=delivery).state == "undone"
    assert register() == before
    assert Learner.objects.get(number=2).left_on is None


def test_that_a_file_was_undone_is_no_change_by_hand_of_anybody_and_says_who_undid_it(accepted, officer):
    accepted(made(record(ADE), record(BO)))
    learner = Learner.objects.get(number=1)
    add_trait(by=officer, learner=learner, trait="170", starts=date(2026, 9, 1))
    assert last_change(learner) is not None
    other = make_user("data_officer")
    delivery = accepted(MONTH)
    undo(by=other, delivery=delivery)
    assert [trait.trait for trait in learner.traits.known()] == ["170"]
    assert last_change(learner) is None
    undone = [(step.who, step.source) for step in steps_of(learner, sight_of(officer, learner)) if not step.came and step.source]
    assert set(undone) == {(str(other), f"{delivery.source}, undone")}


def test_the_figures_are_built_again_once_a_file_is_accepted_or_undone(
        bring, officer, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    settings.WAREHOUSE = tmp_path / "warehouse.duckdb"
    built = []
    monkeypatch.setattr(figures, "rebuild", lambda: built.append(Learner.objects.count()))
    delivery = bring(MONTH)
    assert not built
    for decide in (accept, undo):
        with django_capture_on_commit_callbacks(execute=True):
            decide(by=officer, delivery=delivery)
    assert built == [2, 2]


def test_who_accepts_a_file_is_told_when_the_figures_could_not_be_built(
        bring, officer, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    settings.WAREHOUSE = tmp_path / "warehouse.duckdb"
    delivery, client = bring(MONTH), sign_in(Client(), officer)
    with django_capture_on_commit_callbacks() as waiting:
        accept_as_shown(client, delivery.pk)
    assert Delivery.objects.get(pk=delivery.pk).state == "accepted"
    assert figures.catch_up in waiting

    def fails(**_words):
        raise figures.RebuildFailedError

    monkeypatch.setattr(deciding, "accept", fails)
    answer = client.post(f"/files/{delivery.pk}/accept/", follow=True)
    assert "the figures could not be rebuilt" in answer.content.decode()


def test_particulars_that_a_file_brings_are_known_from_it_on_and_taken_back_with_it(accepted, officer):
    accepted(MONTH)
    before = timezone.now()
    delivery = accepted(made(record(ADE, "110"), record({**BO, "Ethnicity": "BAFR"}), period_end="2026-10-31"))
    bo = Learner.objects.get(number=2)
    said = particulars_of(bo)
    assert (said.ethnic_group, said.source, bo.ethnic_group) == ("BAFR", delivery.source, "BAFR")
    assert particulars_of(bo, before).ethnic_group == "NOBT"
    assert Learner.objects.get(number=1).particulars.count() == 1
    undo(by=officer, delivery=delivery)
    bo.refresh_from_db()
    assert (particulars_of(bo).ethnic_group, bo.ethnic_group, bo.particulars.count()) == ("NOBT", "NOBT", 3)


def test_addresses_of_a_file_lie_in_the_districts_of_their_postcodes(accepted):
    release = PostcodeRelease.objects.create(name="August 2026", digest="")
    Postcode.objects.create(release=release, postcode="ZZ1 1AA", district="E07000001")
    accepted(MONTH)
    accepted(NEXT)
    held = Learner.objects.get(number=1).addresses.known().order_by("starts").values_list("postcode", "district")
    assert list(held) == [("ZZ1 1AA", "E07000001"), ("ZZ1 2BB", "")]


def test_whoever_a_file_added_is_believed_no_more_once_it_is_undone(accepted, officer, register):
    delivery = accepted(MONTH)
    undo(by=officer, delivery=delivery)
    assert all(rows == [] for table, rows in register().items() if table != "learners")
    again = accepted(MONTH)
    assert again.counts["new"] == 2


def test_whoever_comes_again_after_their_file_was_undone_is_who_they_were(accepted, officer, register):
    """Under the number and the identifier that were theirs, known by it or not; undone again, they are gone again."""
    numberless = made(record(ADE), record({**BO, "YoungPersonsID": ""}))
    delivery = accepted(numberless)
    before, people, written = register(), list(Learner.objects.values_list("pk", "number")), _identifiers()
    undo(by=officer, delivery=delivery)
    again = accepted(numberless)
    assert (register(), list(Learner.objects.values_list("pk", "number")), _identifiers()) == (before, people, written)
    assert set(Learner.objects.values_list("kept_until", flat=True)) == {None}
    undo(by=officer, delivery=again)
    assert all(rows == [] for table, rows in register().items() if table != "learners")


def test_somebody_else_is_not_who_was_added_by_a_file_that_was_undone(accepted, officer):
    undo(by=officer, delivery=accepted(made(record({**BO, "YoungPersonsID": ""}))))
    accepted(made(record({**BO, "YoungPersonsID": "3580000000007", "FamilyName": "Poe"})))
    assert sorted(Learner.objects.values_list("number", flat=True)) == [1, 7]


def test_a_number_of_which_nothing_is_believed_takes_no_identifier_away(accepted, officer):
    undo(by=officer, delivery=accepted(made(record({**BO, "YoungPersonsID": ""}))))
    accepted(made(record({**ADE, "YoungPersonsID": "3580000000001"})))
    assert Learner.objects.get(names__given="Ade").number == 2
    assert _identifiers() == ["3580000000001"]


def _identifiers():
    return sorted(record.young_persons_id for record in records("358", date(2026, 10, 31)))


def test_a_file_that_something_later_stands_on_is_not_undone(accepted, officer, register):
    delivery = accepted(MONTH)
    record_activity(by=officer, learner=Learner.objects.get(number=2), code="310", start=date(2026, 9, 20))
    before = register(past=True)
    with pytest.raises(RefusedError, match="changed since"):
        undo(by=officer, delivery=delivery)
    assert register(past=True) == before
    assert Delivery.objects.get(pk=delivery.pk).state == "accepted"


def test_a_file_is_not_undone_over_a_later_amendment_of_what_it_brought(accepted, officer, register):
    accepted(MONTH)
    delivery = accepted(made(record(ADE, "110"), record({**BO, "Ethnicity": "BAFR"}), period_end="2026-10-31"))
    amend_details(by=officer, learner=Learner.objects.get(number=2), ethnic_group="WBRI")
    before = register(past=True)
    with pytest.raises(RefusedError, match="changed since"):
        undo(by=officer, delivery=delivery)
    assert register(past=True) == before
    assert Learner.objects.get(number=2).ethnic_group == "WBRI"


def test_an_amendment_of_what_a_file_left_alone_outlasts_its_undoing(accepted, officer):
    accepted(MONTH)
    delivery = accepted(NEXT)
    amend_details(by=officer, learner=Learner.objects.get(number=2), ethnic_group="WBRI")
    undo(by=officer, delivery=delivery)
    assert Learner.objects.get(number=2).ethnic_group == "WBRI"


def test_whose_records_keep_a_file_from_being_undone_is_said(accepted, officer, cast):
    delivery, client = accepted(MONTH), cast("data_officer")
    ade, bo = Learner.objects.get(number=1), Learner.objects.get(number=2)
    record_activity(by=officer, learner=bo, code="310", start=date(2026, 9, 20))
    answer = client.post(f"/files/{delivery.pk}/undo/")
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "changed since" in page
    assert f'href="/learners/{bo.pk}/">2</a>' in page
    assert "Ng, Bo" in page
    assert "O'Brien" not in page
    assert AuditEntry.objects.latest("id").detail == {"learners": [2]}
    set_restriction(by=officer, learner=ade, restricted=True, protected_address=False, reason="A test")
    page = html.unescape(client.post(f"/files/{delivery.pk}/undo/").content.decode())
    assert f'href="/learners/{ade.pk}/">1</a></th><td role="cell" data-label="Who">Restricted record' in page
    assert "O'Brien" not in page


def test_of_many_whose_records_keep_a_file_from_being_undone_some_are_named(accepted, officer, cast, monkeypatch):
    delivery = accepted(MONTH)
    for learner in Learner.objects.all():
        record_activity(by=officer, learner=learner, code="310", start=date(2026, 9, 20))
    monkeypatch.setattr(queries, "NAMED", 1)
    page = cast("data_officer").post(f"/files/{delivery.pk}/undo/").content.decode()
    assert page.count('data-label="Who"') == 1
    assert "And 1 more person." in page


def test_what_a_file_replaced_names_whose_records_keep_it_from_being_undone(accepted, officer):
    accepted(MONTH)
    delivery = accepted(NEXT)
    confirm_activity(by=officer, activity=Learner.objects.get(number=1).activities.known().get(), verified=date(2026, 10, 25))
    with pytest.raises(StoodOnError) as refused:
        undo(by=officer, delivery=delivery)
    assert refused.value.learners == {Learner.objects.get(number=1).pk}


@pytest.mark.parametrize("done", ["restricted", "contacted"])
def test_a_file_is_not_undone_once_somebody_whom_it_added_was_restricted_or_spoken_to(accepted, officer, done):
    delivery = accepted(MONTH)
    bo = Learner.objects.get(number=2)
    if done == "restricted":
        set_restriction(by=officer, learner=bo, restricted=True, protected_address=False, reason="A test")
    else:
        LoggedContact.objects.create(learner=bo, on=timezone.localdate(), channel="phone", outcome="spoke")
    with pytest.raises(RefusedError, match="changed since"):
        undo(by=officer, delivery=delivery)
    assert Learner.objects.get(number=2).left_on is None


def test_a_file_is_undone_once(accepted, officer):
    delivery = accepted(MONTH)
    undo(by=officer, delivery=delivery)
    with pytest.raises(RefusedError, match="Only a file that is accepted"):
        undo(by=officer, delivery=delivery)


def test_rows_and_bytes_are_forgotten_after_the_days_of_the_rule(accepted, bring, officer):
    decided = accepted(MONTH)
    assert forget(today=timezone.localdate() + timedelta(days=90)) == 0
    assert forget(today=timezone.localdate() + timedelta(days=92)) == 1
    assert Row.objects.filter(delivery=decided).count() == 0
    assert decided.pieces.count() == 0
    with pytest.raises(RefusedError, match="too long ago"):
        undo(by=officer, delivery=decided)


def test_a_file_that_nobody_decides_on_is_discarded_and_forgotten_after_as_many_days(bring, officer):
    waiting = bring(NEXT)
    assert forget(today=timezone.localdate() + timedelta(days=90)) == 0
    assert forget(today=timezone.localdate() + timedelta(days=92)) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows.count(), waiting.pieces.count()) == ("discarded", 0, 0)
    with pytest.raises(RefusedError, match="The rule of keeping discarded this file"):
        accept(by=officer, delivery=waiting)
    assert bring(NEXT).pk != waiting.pk


def test_what_was_noticed_of_files_that_were_forgotten_already_is_forgotten_too(bring):
    """An earlier version kept it; of a file that is kept it stays."""
    forgotten, kept = bring(MONTH), bring(NEXT)
    forget(today=timezone.localdate() + timedelta(days=92))
    Delivery.objects.update(noticed={"totals": ["line 2 says Bo Ng"]})
    Delivery.objects.filter(pk=kept.pk).update(forgotten_at=None)
    import_module("throughline.apps.exchange.migrations.0021_forgotten_files_keep_nothing_noticed")._forget(apps, None)
    assert [Delivery.objects.get(pk=one.pk).noticed for one in (forgotten, kept)] == [{}, {"totals": ["line 2 says Bo Ng"]}]


def test_whoever_is_forgotten_is_told_of_by_no_file_that_waits(accepted, bring, officer, cast):
    """Their row goes with them: nothing shuts it any more, and accepting the file would bring them back."""
    accepted(MONTH)
    delivery, ade = bring(NEXT), Learner.objects.get(number=1)
    set_restriction(by=officer, learner=ade, restricted=True, protected_address=False, reason="A test")
    Learner.objects.filter(pk=ade.pk).delete()
    assert "Okafor" not in cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode()
    accept(by=officer, delivery=delivery)
    assert list(Learner.objects.values_list("number", flat=True)) == [2]


PEOPLE = st.lists(st.tuples(
    st.sampled_from([ADE, BO, {**BO, "YoungPersonsID": "3580000000003", "GivenName": "Cy", "DOB": "2010-02-02"}]),
    st.sampled_from(["P", "P", "G", "T"]), st.sampled_from(["230", "310", "619", "810"]),
    st.sampled_from(["2026-09-01", "2026-09-20", "2026-10-05"]), st.sampled_from(["", "2026-10-10", "2026-10-30"]),
    st.sampled_from(["", "Okafor"]), st.sets(st.sampled_from(["110", "140"])),
), min_size=1, max_size=3, unique_by=lambda row: row[0]["YoungPersonsID"])


def _return(people, ending):
    records = [record({**person, "CohortStatus": status, "ActivityCode": code, "StartDate": start, "DateVerified": verified,
                       "FamilyName": family or person["FamilyName"], "TransferredToLACode": "202" if status == "T" else ""},
                      *sorted(codes)) for person, status, code, start, verified, family, codes in people]
    return made(*records, period_end="2026-10-31") + b" " * ending


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate], deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PEOPLE, min_size=1, max_size=2))
def test_running_any_return_again_changes_nothing(officer, register, months):
    """Of returns that say one thing of each person; what a file says twice is shown beside its other line."""
    with transaction.atomic():
        for people in months:
            _taken(officer, _return(people, len(Delivery.objects.all())))
        before = register(past=True)
        _taken(officer, _return(months[-1], 100))
        assert register(past=True) == before
        transaction.set_rollback(True)


def _taken(officer, content):
    delivery, new = bring_in(by=officer, area="358", name="r.xml", file=BytesIO(content))
    return accept(by=officer, delivery=delivery) if new else delivery


def test_the_page_of_somebody_whose_file_was_taken_back_says_so_and_offers_nothing_to_change(cast, accepted, officer):
    delivery = accepted(made(record(ADE)), "september.xml")
    learner, client = Learner.objects.get(), cast("tracking_officer")
    page = f"/learners/{learner.pk}/"
    assert "taken back" not in client.get(page).content.decode()
    undo(by=officer, delivery=delivery)
    said = client.get(page).content.decode()
    assert "The file that brought them, “september.xml”, was taken back on" in said
    assert f"{page}activities/add/" not in said
    assert "Name not known" not in said
    accepted(made(record(ADE)), "again.xml")
    assert "taken back" not in client.get(page).content.decode()
