"""The product's rules of the return and the plain ones agree, record by record and between records."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analytics.formats.nccis.made import GOOD, context, editions
from tests.oracles import return_rules as plain
from throughline.analytics.formats.nccis.across import Across
from throughline.analytics.formats.nccis.checking import check_record
from throughline.analytics.formats.nccis.record import Record

MONTHS = [date(2019, 4, 30), date(2019, 8, 31), date(2019, 9, 30), date(2020, 1, 31), date(2020, 3, 31)]
DAYS = st.one_of(
    st.sampled_from(["", "", "2018-09-05", "2018-09-04", "2019-04-30", "2019-05-01", "2019-08-31", "2019-02-29", "5/9/2018"]),
    st.dates(date(2016, 1, 1), date(2021, 12, 31)).map(str))
BIRTHS = st.one_of(
    st.sampled_from(["", "2002-08-31", "2002-09-01", "2003-08-31", "2003-09-01", "2000-08-31", "2000-09-01", "2004-02-29"]),
    st.dates(date(1991, 1, 1), date(2006, 12, 31)).map(str))
PLACES = st.sampled_from(["", "391", "392", "301", "999", "000", "003", "004", "702", "835", "838", "875", "940", "39"])
FLAGS = st.sampled_from(["", "Y", "N", "Y", "N", "y"])
OFFERS = st.sampled_from(["", "110", "114", "115", "159", "111", "999"])
TEXTS = st.sampled_from(["", "Ada", "Marsh", "1 Mill Lane"])
FIELDS = {
    "young_persons_id": st.sampled_from(["", "123", "1230000000001", "4440000000001", "12300000000012"]),
    "cohort_status": st.sampled_from(["", *"PPGATEMDLX"]), "given_name": TEXTS, "family_name": TEXTS, "address_line_1": TEXTS,
    "address_line_4": TEXTS, "town": TEXTS, "county": TEXTS,
    "postcode": st.one_of(st.sampled_from(["", "ZZ99 9ZZ", "W1A 1AA", "M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "EC1A 1BB"]),
                          st.text("A9 z", max_size=8), st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", fullmatch=True)),
    "gender": st.sampled_from(["", *"FMUWNX"]), "dob": BIRTHS,
    "ethnicity": st.sampled_from(["", *plain.ETHNIC, "WIRT", "ARAB", "BBRI", "wbri"]),
    **dict.fromkeys(("lead_lea", "educated_lea", "transferred_to", "lea_at_year_11", "year_11_lea", "year_12_lea"), PLACES),
    "unique_learner_no": st.one_of(st.just(""), st.text("0123456789x", min_size=9, max_size=11)),
    "unique_pupil_number": st.text("A1", max_size=14), "previous_id": st.sampled_from(["", "1", "1230000000009"]),
    "guarantee_indicator": FLAGS, "year_11_status": OFFERS, "year_12_status": OFFERS,
    "level_of_need": st.sampled_from(["", "1", "2", "3", "03", "0", "4", "x", "11"]),
    "send_flag": FLAGS, "sen_support_flag": FLAGS,
    "activity_code": st.sampled_from(["", *plain.ACTIVITIES, "720", "999", "21"]),
    **dict.fromkeys(("start_date", "date_ascertained", "date_verified", "review_date", "due_to_lapse_date", "neet_start_date",
                     "predicted_end_date"), DAYS),
    "currency_lapsed": FLAGS,
    "establishment_number": st.sampled_from(["", "3914000", "0004000", "9994000", "391400", "39140000"]),
    "provider": st.sampled_from(["", "10001234", "20001234", "1000123"]),
    "intended_destination": st.sampled_from(["", *plain.DESTINATIONS, "112"]),
    "characteristics": st.lists(st.sampled_from([*plain.CHARACTERISTICS, "210", "999"]), max_size=3).map(tuple),
}
ANY = st.fixed_dictionaries(FIELDS).map(lambda fields: Record(**fields))
# Few changes of a record that is in order, so that rules are met alone as well as all at once.
NEARLY_GOOD = st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=4, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names})).map(lambda changes: GOOD._replace(**changes))
CONTEXTS = {month: context(month, "2019-20") for month in MONTHS}
OWN = ["391", "392"]


@settings(max_examples=500, deadline=None)
@given(st.one_of(ANY, NEARLY_GOOD), st.sampled_from(MONTHS))
def test_a_record_fails_the_same_rules(record, month):
    found = {error.rule.number for error in check_record(record, CONTEXTS[month])}
    assert found == plain.record_fails(record, month, OWN, "123")


FEW = st.fixed_dictionaries({
    "young_persons_id": st.sampled_from(["", "1230000000001", "1230000000002", "0230000000003", "x", "12"]),
    "cohort_status": st.sampled_from("PGMT"),
    "unique_learner_no": st.sampled_from(["", "1234567890", "0123456789", "9999999999"]),
    "given_name": st.sampled_from(["", "Ada", "Bo"]), "family_name": st.just("Marsh"), "dob": st.sampled_from(["", "2002-01-15"]),
}).map(lambda fields: Record(**fields))


@settings(max_examples=300, deadline=None)
@given(st.lists(FEW, max_size=8))
def test_records_fail_the_same_rules_between_them(records):
    across = Across()
    for record in records:
        across.add(record)
    numbers = {"repeated_id": 902, "shared_learner_number": 907, "shared_name": 908}
    found = [(numbers[finding.predicate], finding.learner) for finding in across.findings()]
    assert sorted(set(found)) == plain.between_fails(records)


def test_the_plain_rules_are_all_of_the_year():
    fields = {rule.number for rule in editions().on(MONTHS[0]).rules} - {240, 902, 907, 908}
    said = plain.person_fails.__code__.co_consts + plain.need_fails.__code__.co_consts + plain.activity_fails.__code__.co_consts
    flat = {each for constant in said for each in (constant if isinstance(constant, tuple) else (constant,))}
    assert fields - flat == set()
