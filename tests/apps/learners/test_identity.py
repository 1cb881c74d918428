"""Adding somebody, amending what does not change, and names, addresses and numbers that do."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from stdnum.gb import upn

from throughline.analytics.participation.identifiers import upn_fault
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.learners.actions import identity, learners
from throughline.apps.learners.actions.undoing import last_change, undo_last_change
from throughline.apps.learners.codes import upn_authorities
from throughline.apps.learners.models import Learner, Name
from throughline.apps.learners.queries import listed, name_on
from throughline.apps.organisations.actions.amending import RefusedError

JANUARY = date(2026, 1, 15)


def spans(rows, *fields):
    """What is believed, in time order, as the fields and the days."""
    return [tuple(getattr(one, name) for name in (*fields, "starts", "ends")) for one in rows.known().order_by("starts")]


def test_numbers_follow_one_another_within_an_authority(enrol):
    assert [enrol().number, enrol().number, enrol(area="202").number, enrol().number] == [1, 2, 1, 3]
    assert Learner(number=12).return_number == "0000000012"


def test_whoever_finds_their_number_taken_while_adding_gets_the_next(enrol, monkeypatch):
    enrol()
    saved, tried = Learner.save, []

    def save(self, *args, **kwargs):
        tried.append(self.number)
        if len(tried) == 1:
            self.number = 1  # as if somebody else had been given it between the looking and the saving
        return saved(self, *args, **kwargs)

    monkeypatch.setattr(Learner, "save", save)
    assert (enrol().number, tried) == (2, [2, 2])


def test_a_child_with_no_address_is_added_and_listed(enrol):
    learner = enrol("Ade", "Okafor")
    assert not learner.addresses.exists()
    assert [str(one.called) for one in listed(Learner.objects.all())] == ["Ade Okafor"]


REFUSED = {
    "born": {"born": date(2024, 1, 1)}, "gender": {"gender": "X"}, "ethnic_group": {"ethnic_group": "ZZZZ"},
    "school_at_16": {"school_at_16": "12"}, "given": {"given": "4de"}, "family": {"family": " "}, "postcode": {"postcode": "SA1"},
}


@pytest.mark.parametrize("field", REFUSED)
def test_what_cannot_be_right_is_refused_by_field(enrol, field):
    with pytest.raises(RefusedError) as refused:
        enrol(**REFUSED[field])
    assert refused.value.field == field
    assert not Learner.objects.exists()


@pytest.mark.parametrize("given", ["D'Arcy", "Siân", "Nguyễn Văn", "Anne-Marie", "O’Brien", "李"])
def test_names_of_many_origins_are_kept_as_they_are(enrol, given):
    assert enrol(given, "Okafor").names.get().given == given


def test_amending_says_which_fields_and_not_what(learner, officer):
    learners.amend_details(by=officer, learner=learner, ethnic_group="BAFR", gender="F")
    entry = AuditEntry.objects.latest("id")
    assert entry.detail == {"ethnic_group": ["given", "given"], "gender": ["given", "given"]}
    assert (entry.subject_kind, entry.subject_label) == ("learner", str(learner.number))


def test_restricting_needs_a_reason_and_is_in_the_audit(learner, officer):
    with pytest.raises(RefusedError):
        learners.set_restriction(by=officer, learner=learner, restricted=True, protected_address=False, reason=" ")
    learners.set_restriction(by=officer, learner=learner, restricted=True, protected_address=False, reason="Agreed on Monday")
    assert AuditEntry.objects.latest("id").detail == {"reason for restriction": "Agreed on Monday"}


def test_a_new_name_ends_the_old_on_the_day_before_and_both_are_found(learner):
    identity.rename(by=None, learner=learner, given="Ade", family="Bright", since=JANUARY)
    before = JANUARY - timedelta(days=1)
    assert spans(learner.names, "family") == [("Okafor", date(2025, 9, 1), before), ("Bright", JANUARY, None)]
    assert str(name_on(learner, date(2025, 12, 1))) == "Ade Okafor"
    assert str(name_on(learner, timezone.localdate())) == "Ade Bright"
    assert str(name_on(learner, date(2020, 1, 1))) == "Ade Okafor"


def test_a_name_they_go_by_stands_beside_the_legal_one(learner):
    identity.rename(by=None, learner=learner, given="Addy", family="Okafor", kind=Name.Kind.KNOWN_AS, since=JANUARY)
    assert str(name_on(learner, timezone.localdate())) == "Ade Okafor"


def test_a_name_put_right_on_its_own_day_leaves_none_behind_and_can_be_undone(learner):
    identity.rename(by=None, learner=learner, given="Ada", family="Okafor", since=date(2025, 9, 1))
    assert spans(learner.names, "given") == [("Ada", date(2025, 9, 1), None)]
    undo_last_change(by=None, learner=learner, at=last_change(learner).at)
    assert spans(learner.names, "given") == [("Ade", date(2025, 9, 1), None)]


def test_nobody_moves_before_they_moved_in(enrol):
    learner = enrol(line_1="1 High Street", postcode="sa1  1aa")
    assert learner.addresses.get().postcode == "SA1 1AA"
    with pytest.raises(RefusedError) as refused:
        identity.move_house(by=None, learner=learner, line_1="2 Low Street", since=date(2025, 8, 1))
    assert refused.value.field == "since"
    identity.move_house(by=None, learner=learner, since=JANUARY)
    assert [one.lines for one in learner.addresses.known().on()] == [[]]


def test_numbers_are_checked_kept_apart_and_replaced(learner, enrol):
    with pytest.raises(RefusedError, match="first letter"):
        identity.add_identifier(by=None, learner=learner, scheme="upn", value="A801200005001")
    identity.add_identifier(by=None, learner=learner, scheme="upn", value="b801200005001", since=JANUARY)
    with pytest.raises(RefusedError, match="already"):
        identity.add_identifier(by=None, learner=learner, scheme="upn", value="B801200005001")
    with pytest.raises(RefusedError, match=f"Learner {learner.number} has this number"):
        identity.add_identifier(by=None, learner=enrol(), scheme="upn", value="B801200005001")
    identity.add_identifier(by=None, learner=enrol(area="202"), scheme="upn", value="B801200005001")


def test_the_database_itself_keeps_one_legal_name(learner):
    with pytest.raises(IntegrityError):
        Name.objects.create(learner=learner, given="Other", family="Name")


# The second to fourth characters that a unique pupil number may have: authorities since 1999, and numbers that were set aside.
OF_UPNS = """001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 810-813
815 816 820-823 825 826 830 831 835-838 839 840 841 845 846 850-852 855-857 860 861 865-896 908 909 916 919 921 925 926 928 929
931 933 935-938 940-943"""


@pytest.mark.django_db
def test_a_unique_pupil_number_may_be_of_every_authority_there_was_and_of_no_other():
    spans = [span.partition("-") for span in OF_UPNS.split()]
    allowed = {f"{number:03d}" for first, _, last in spans for number in range(int(first), int(last or first) + 1)}
    more = upn_authorities(JANUARY)
    for number in range(1000):
        rest = f"{number:03d}200026001"
        fault = upn_fault(upn.calc_check_digit(rest) + rest, more)
        assert (fault is None) == (f"{number:03d}" in allowed), (number, fault)
