"""The register handed to the figures, and the register of a demonstration filled from the same tables."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from django.utils import timezone

from throughline.analytics.participation.tables import ACTIVITY, HOME, LEARNER, MEMBERSHIP, REGISTER, TRAIT
from throughline.apps.accounts.demonstration import NotDemonstrationError
from throughline.apps.learners import demonstration, extracts
from throughline.apps.learners.actions import activities, circumstances, identity
from throughline.apps.learners.actions.learners import add_learner, amend_details
from throughline.apps.learners.models import Address, Contact, Identifier, Learner, Name
from throughline.apps.learners.queries import activity_on

pytestmark = pytest.mark.django_db
AREA = "899"
BORN = date(2010, 2, 3)
KNOWN, LATER = datetime(2026, 9, 5, tzinfo=UTC), datetime(2026, 10, 6, tzinfo=UTC)
TRUTH = {
    "learner": LEARNER.from_rows([
        {"learner": 4, "born": BORN, "gender": "F", "ethnic_group": "AIND", "school_at_16": "8994001"},
        {"learner": 9, "born": BORN, "gender": "M", "ethnic_group": "NOBT"},
    ]),
    "membership": MEMBERSHIP.from_rows([
        {"learner": 4, "area": AREA, "status": "P", "starts": date(2025, 9, 1)},
        {"learner": 9, "area": AREA, "status": "P", "starts": date(2025, 9, 1), "ends": date(2026, 9, 20)},
        {"learner": 9, "area": AREA, "status": "T", "starts": date(2026, 9, 21), "ends": date(2026, 9, 30)},
    ]),
    "trait": TRAIT.from_rows([{"learner": 4, "trait": "ehc_plan", "starts": date(2024, 1, 1)}]),
    "home": HOME.from_rows([
        {"learner": 4, "district": "E07999901", "starts": date(2025, 9, 1), "ends": date(2026, 1, 31)},
        {"learner": 4, "district": "E07999902", "starts": date(2026, 2, 1)},
        {"learner": 9, "starts": date(2025, 9, 1)},
    ]),
    "activity": ACTIVITY.from_rows([
        {"learner": 4, "code": "619", "start": date(2026, 9, 1), "known_from": KNOWN, "known_to": LATER},
        {"learner": 4, "code": "230", "start": date(2026, 9, 1), "verified": date(2026, 10, 1), "establishment": "8998001",
         "provider": "10000001", "known_from": LATER},
    ]),
    "person": pa.Table.from_pylist([
        {"learner": 4, "given": "Zoë", "middle": None, "family": "O'Neill-Ng", "line_1": "1 High Street", "town": "Saltmere",
         "postcode": "ZZ99 9ZZ", "upn": "B801200005001", "uln": None, "phone": None, "email": "zoe@example.org"},
        {"learner": 9, "given": "Al", "middle": None, "family": "Bo", "line_1": None, "town": None, "postcode": None, "upn": None,
         "uln": "9276308686", "phone": None, "email": None},
    ]),
}


@pytest.fixture
def demonstrating(settings):
    settings.DEMONSTRATION = True


def test_what_fills_the_register_is_what_it_hands_over(demonstrating):
    assert demonstration.fill(area=AREA, tables=TRUTH) == 2
    number = dict(Learner.objects.values_list("pk", "number"))
    handed = extracts.register(AREA)
    for table in REGISTER:
        assert handed[table.name].schema == table.arrow_schema
        rows = handed[table.name].to_pylist()
        believed = [row for row in TRUTH[table.name].to_pylist() if row.get("known_to") is None]
        assert [{**row, "learner": number[row["learner"]]} for row in rows] == believed, table.name


def test_a_register_that_is_read_some_rows_at_a_time_is_handed_over_whole(demonstrating, monkeypatch):
    demonstration.fill(area=AREA, tables=TRUTH)
    at_once = extracts.register(AREA)
    monkeypatch.setattr(extracts, "_AT_ONCE", 1)
    assert at_once["membership"].num_rows == 3
    assert extracts.register(AREA) == at_once


@pytest.mark.parametrize(("first", "last", "there"), [
    (date(2010, 2, 3), date(2010, 2, 3), 2), (date(2009, 9, 1), date(2010, 8, 31), 2), (date(2010, 2, 4), date(2010, 8, 31), 0),
    (date(2009, 9, 1), date(2010, 2, 2), 0),
])
def test_those_alone_who_were_born_when_it_is_asked_are_handed_over_with_all_of_theirs(demonstrating, first, last, there):
    demonstration.fill(area=AREA, tables=TRUTH)
    whole = extracts.register(AREA)
    nobody = {name: rows.slice(0, 0) for name, rows in whole.items()}
    assert extracts.register(AREA, born=(first, last)) == (whole if there else nobody)


def test_a_birthday_is_the_one_that_was_believed_at_the_moment(enrol):
    learner = enrol(born=BORN)
    activities.record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 1))
    before = timezone.now()
    amend_details(by=None, learner=learner, born=date(2008, 2, 3))
    of_then, of_now = (date(2009, 9, 1), date(2010, 8, 31)), (date(2007, 9, 1), date(2008, 8, 31))
    assert [[extracts.register("358", known, born)["activity"].num_rows for known in (before, None)]
            for born in (of_then, of_now)] == [[1, 0], [0, 1]]


def test_people_are_there_as_the_truth_has_them(demonstrating):
    demonstration.fill(area=AREA, tables=TRUTH)
    zoe = Learner.objects.get(number=4)
    assert zoe.names.get().in_full == "Zoë O'Neill-Ng"
    assert zoe.names.get().sought == "oneill ng zoe"
    assert [address.lines for address in zoe.addresses.known().order_by("starts")] == [[], ["1 High Street", "Saltmere"]]
    assert set(Identifier.objects.values_list("scheme", "value")) == {("upn", "B801200005001"), ("uln", "9276308686")}
    assert Contact.objects.get().email == "zoe@example.org"
    assert [activity_on(zoe, date(2026, 9, 30), known=moment).code for moment in (KNOWN, LATER, None)] == ["619", "230", "230"]


def test_the_demonstration_knows_what_holds_from_the_day_it_began_and_its_end_from_the_day_after(demonstrating):
    demonstration.fill(area=AREA, tables=TRUTH)
    number = dict(Learner.objects.values_list("pk", "number"))

    def of(table, *known):
        rows = extracts.register(AREA, datetime(*known, tzinfo=UTC))[table.name].to_pylist()
        return [tuple(row.values())[-2:] for row in rows if number[row["learner"]] == (4 if table is HOME else 9)]

    first, moved = date(2025, 9, 1), date(2026, 2, 1)
    assert of(HOME, 2025, 8, 31) == []
    assert of(HOME, 2026, 1, 31) == [(first, None)]
    assert of(HOME, 2026, 2, 2) == [(first, date(2026, 1, 31)), (moved, None)]
    assert of(MEMBERSHIP, 2026, 9, 20) == [(first, None)]
    assert of(MEMBERSHIP, 2026, 9, 22) == [(first, date(2026, 9, 20)), (date(2026, 9, 21), date(2026, 9, 30))]
    assert extracts.learners(AREA, datetime(2025, 9, 2, tzinfo=UTC))["born"].to_pylist() == [BORN, BORN]
    assert Learner.objects.get(number=9).left_on == date(2026, 9, 21)
    assert Learner.objects.get(number=4).left_on is None


def test_filling_again_changes_nothing_and_real_installations_are_never_filled(demonstrating, settings):
    demonstration.fill(area=AREA, tables=TRUTH)
    assert demonstration.fill(area=AREA, tables=TRUTH) == 2
    assert (Learner.objects.count(), Name.objects.count(), Address.objects.known().count()) == (2, 2, 3)
    settings.DEMONSTRATION = False
    with pytest.raises(NotDemonstrationError):
        demonstration.fill(area="898", tables=TRUTH)


def test_a_folder_of_files_fills_it(demonstrating, tmp_path):
    import pyarrow.parquet as pq

    for name, table in TRUTH.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    assert demonstration.fill_from(tmp_path, area=AREA) == 2


def test_an_empty_register_is_five_empty_tables():
    assert {name: table.num_rows for name, table in extracts.register(AREA).items()} == {t.name: 0 for t in REGISTER}


def test_spans_are_handed_over_as_they_were_believed(enrol):
    learner = enrol(district="E07000001", line_1="1 High Street")
    circumstances.add_trait(by=None, learner=learner, trait="110", starts=date(2026, 1, 1))
    before = timezone.now()
    circumstances.close_trait(by=None, trait=learner.traits.get(), ends=date(2026, 6, 30))
    identity.move_house(by=None, learner=learner, since=date(2026, 7, 1), district="E07000002", line_1="2 Low Street")
    activities.record_activity(by=None, learner=learner, code="230", start=date(2026, 9, 1))
    add_learner(by=None, area="202", born=BORN, given="Not", family="Ours")

    def of(known):
        handed = extracts.register("358", known)
        return [[tuple(row.values())[1:] for row in handed[name].to_pylist()] for name in ("trait", "home")]

    first = date(2025, 9, 1)
    assert of(before) == [[("110", date(2026, 1, 1), None)], [("E07000001", first, None)]]
    assert of(None) == [[("110", date(2026, 1, 1), date(2026, 6, 30))],
                        [("E07000001", first, date(2026, 6, 30)), ("E07000002", date(2026, 7, 1), None)]]
    assert extracts.learners("358").num_rows == 1
