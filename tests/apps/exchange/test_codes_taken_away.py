"""A code that was added to a list stays while anything is recorded with it, and whoever would take it away is told how much."""

from datetime import date

import pytest
from django.urls import reverse

from tests.cast import make_user, signed_in_client
from throughline.analytics.participation.codesets import NAMES
from throughline.analytics.participation.newcodes import LONGEST_WORD
from throughline.apps.codelists.actions import add_code
from throughline.apps.codelists.queries import NO_NEW_CODES, codeset, values_of
from throughline.apps.exchange.models import Delivery, Row
from throughline.apps.exchange.waiting_with import waits_with
from throughline.apps.learners import models
from throughline.apps.learners.actions import activities, looking
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.learners.recorded import Recorded, recorded

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
# By list: a code of it that was added, and what of a record is of it; then what is not.
HELD = {
    "activity": ("465", [(models.Activity, {"code": "465", "start": DAY})], [(models.Activity, {"code": "310", "start": DAY})]),
    "ethnic_group": ("WNEW", [(models.Particulars, {"ethnic_group": "WNEW"})], [(models.Particulars, {"ethnic_group": "WBRI"})]),
    "level_of_need": ("4", [(models.LevelOfNeed, {"level": "4"})], [(models.LevelOfNeed, {"level": "1"})]),
    "guarantee_status": ("160", [(models.GuaranteeStatus, {"code": "160", "area": "358", "block": "year_11"})], []),
    "intended_destination": ("711", [(models.Particulars, {"intended_destination": "711"}),
                                     (models.Activity, {"code": "310", "start": DAY, "intended_next": "711"})],
                             [(models.Activity, {"code": "310", "start": date(2026, 9, 2), "intended_next": "111"})]),
    "leaving_reason": ("50", [(models.Activity, {"code": "310", "start": DAY, "leaving_reason": "50"})], []),
    "authority_number": ("660", [(models.Activity, {"code": "310", "start": DAY, "establishment": "6604001"}),
                                 (models.Membership, {"area": "358", "status": "T", "transferred_to": "660"}),
                                 (models.Particulars, {"school_at_16": "6604001"})],
                         [(models.Activity, {"code": "310", "start": date(2026, 9, 2), "establishment": "3586600"})]),
    "own_trait": ("young_carer", [(models.Trait, {"trait": "young_carer"})], [(models.Trait, {"trait": "sen_support"})]),
    "upn_authority": ("950", [(models.Identifier, {"scheme": "upn", "value": "K950200025001"}),
                              (models.Identifier, {"scheme": "previous_upn", "value": "K950200025001"})],
                      [(models.Identifier, {"scheme": "upn", "value": "A358950025001"}),
                       (models.Identifier, {"scheme": "uln", "value": "1950200025"})]),
}


# By list, what a row says of that code.
SAID = {
    "activity": [{"doing": {"code": "465"}}, {"doing": {"code": "110", "of_school_age": "465"}},
                 {"leaving": {"was": {"code": "465"}}}],
    "ethnic_group": [{"ethnic_group": "WNEW"}],
    "level_of_need": [{"level_of_need": "4"}],
    "guarantee_status": [{"guarantees": {"year_11": ["160", "358"]}}, {"guarantees": {"year_12": ["160", "358"]}}],
    "intended_destination": [{"intended_destination": "711"}, {"doing": {"intended_next": "711"}},
                             {"leaving": {"intended": "711"}}],
    "leaving_reason": [{"doing": {"leaving_reason": "50"}}, {"leaving": {"reason": "50"}}],
    "authority_number": [{"doing": {"establishment": "6604001"}}, {"transferred_to": "660"}, {"school_at_16": "6604001"}],
    "own_trait": [{"traits": ["110", "young_carer"]}, {"ended": ["young_carer"]}],
    "upn_authority": [{"identifiers": {"upn": "K950200025001"}}],
}
NOT_SAID = [{"doing": {"code": "310", "establishment": "3584660", "intended_next": "111"},
             "identifiers": {"upn": "A358950025001"}},
            {"level_of_need": "1", "guarantees": {"year_11": ["110", "465"]}, "phone": "465", "traits": ["110", "young_carers"],
             "family": "young_carer"}]


@pytest.fixture
def enrol(db):
    """Add somebody to the register."""

    def add(given="Ade", area="358"):
        return add_learner(by=None, area=area, born=date(2010, 3, 4), given=given, family="Okafor", since=date(2025, 9, 1))

    return add


def hold(learner, rows):
    for model, said in rows:
        if model is models.Particulars:
            model.objects.filter(learner=learner).known().cease(learner.particulars.known().get().known_from)
            said = {"born": learner.born, **said}
        model.objects.create(learner=learner, **said)


def added(code: str = "465") -> None:
    listed = codeset("activity")
    says = {fact: sorted(values_of(listed, fact))[-1] for fact in listed.facts}
    add_code(by=None, codeset="activity", code=code, reason="New", says=says | {"label": "Pilot", "confidence": "low",
             "source": "Ours", "valid_from": "", "valid_to": ""})


def told(code: str = "465") -> str:
    address = reverse("exchange:take_code_away", args=["activity", code])
    return signed_in_client("data_officer").post(address, follow=True).content.decode()


def test_every_list_that_takes_new_codes_is_here():
    assert set(HELD) == set(NAMES) - set(NO_NEW_CODES)


@pytest.mark.parametrize("name", HELD)
def test_what_is_recorded_with_a_code_of_each_list(enrol, name):
    code, held, other = HELD[name]
    user = make_user("data_officer")
    hold(enrol("Bea"), other)
    assert not recorded(user, name, code)
    hold(enrol(), held)
    assert recorded(user, name, code) == Recorded(len(held), elsewhere=False)


@pytest.mark.parametrize("name", HELD)
def test_a_record_has_room_for_every_code_that_a_list_can_take(name):
    rows = [(model, {field for field, value in said.items() if value == HELD[name][0]}) for model, said in HELD[name][1]]
    longest = max(map(len, codeset(name).by_code)) if name != "own_trait" else LONGEST_WORD
    assert all(model._meta.get_field(field).max_length >= longest for model, fields in rows for field in fields)


def test_a_code_stays_while_it_is_or_was_recorded(enrol, officer):
    added()
    mine, theirs = enrol(), enrol("Bea", area="202")
    made = activities.record_activity(by=officer, learner=mine, code="465", start=DAY)
    assert "Code 465 stays, since it stands in 1 record, those included" in told()
    activities.correct_activity(by=officer, activity=made, code="310")
    assert "it stands in 1 record, those included that were put right since. Say instead until when" in told()
    hold(theirs, HELD["activity"][1])
    assert "it stands in 1 record, those included that were put right since, and of young people whose" in told()
    assert "465" in codeset("activity").by_code


def test_no_more_is_told_of_records_that_the_reader_does_not_see_than_that_there_are(enrol):
    added()
    hold(enrol(area="202"), HELD["activity"][1])
    assert "since it is recorded of young people whose records you do not see" in told()


def test_a_restricted_record_is_counted_once_it_is_opened(enrol):
    added()
    user, learner = make_user("data_officer"), enrol()
    hold(learner, HELD["activity"][1])
    models.Learner.objects.update(restricted=True)
    assert recorded(user, "activity", "465") == Recorded(0, elsewhere=True)
    looking.open_restricted(by=user, learner=models.Learner.objects.get(), reason="They telephoned to ask where they should go")
    assert recorded(user, "activity", "465") == Recorded(1, elsewhere=False)


@pytest.mark.parametrize("name", HELD)
def test_a_file_that_waits_says_a_code_of_each_list(name):
    code, delivery = HELD[name][0], Delivery.objects.create(area="202", digest="0", size=1, as_at=DAY)
    for place, values in enumerate(NOT_SAID):
        Row.objects.create(delivery=delivery, line=place, outcome="new", values=values)
    assert not waits_with(name, code)
    for values in SAID[name]:
        row = Row.objects.create(delivery=delivery, line=9, outcome="new", values=values)
        assert waits_with(name, code)
        row.delete()
    Row.objects.create(delivery=delivery, line=9, outcome="new", values=SAID[name][0])
    Delivery.objects.update(state="discarded")
    assert not waits_with(name, code)


def test_a_code_stays_while_a_file_that_waits_has_it():
    added()
    delivery = Delivery.objects.create(area="202", digest="0", size=1, as_at=DAY)
    Row.objects.create(delivery=delivery, line=2, outcome="new", values=SAID["activity"][0])
    assert "Code 465 stays, since a file that waits has it, or a row" in told()
    assert "465" in codeset("activity").by_code


@pytest.mark.parametrize("name", ["activity", "own_trait"])
def test_a_row_of_an_accepted_file_keeps_a_code_while_it_may_be_settled(name):
    delivery = Delivery.objects.create(area="202", digest="0", size=1, as_at=DAY, state="accepted")
    row = Row.objects.create(delivery=delivery, line=2, outcome="new", values=SAID[name][0])

    def keeps(**now) -> bool:
        Row.objects.filter(pk=row.pk).update(**now)
        return waits_with(name, HELD[name][0])

    assert [outcome for outcome in Row.Outcome if keeps(outcome=outcome)] == ["unmatched", "set_aside"]
    assert not keeps(outcome="unmatched", left_out=True)
    Delivery.objects.update(state="undone")
    assert not keeps(left_out=False)
    Delivery.objects.update(state="previewed")
    assert keeps(left_out=True)  # it may be taken back in while its file waits


def test_what_nothing_is_recorded_with_goes(enrol):
    added()
    hold(enrol(), [(models.Activity, {"code": "310", "start": DAY})])
    assert "Code 465 was taken away" in told()
    assert "465" not in codeset("activity").by_code


@pytest.mark.parametrize("args", [["nothing", "465"], ["activity", "465"]])
def test_there_is_no_other_code_to_take_away(args):
    address = reverse("exchange:take_code_away", args=args)
    assert signed_in_client("data_officer").post(address).status_code == 404
