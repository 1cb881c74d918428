"""How far the headline of a return's own records could fall: counted while it is read, and said before it is decided on."""

import html
from collections import defaultdict

import pytest

from tests.apps.exchange.returns_made import ADE, BO, made, record

pytestmark = pytest.mark.django_db
NO_NUMBER = {"UniqueLearnerNo": "1234567890"}  # which fails its own check
GONE_BY = {**ADE, "StartDate": "2025-09-01", "DateAscertained": "2025-09-10", "DateVerified": "2025-09-20",
           "PredictedEndDate": ""}
UNHEARD = {**BO, "ActivityCode": "810", "NEETStartDate": ""}
COUNTED = {  # by number: whether not known
    "1": ({**ADE}, False), "2": ({**BO, **NO_NUMBER}, False), "3": ({**UNHEARD, **NO_NUMBER}, True),
    "4": ({**GONE_BY, **NO_NUMBER}, True), "5": ({**UNHEARD, "Gender": "X"}, True), "6": (UNHEARD, True),
    "0": ({**UNHEARD, "DateAscertained": ""}, True),
}
DECIDING = {"Activities", "DateAscertained", "DateVerified", "PredictedEndDate", "DueToLapseDate", "CurrencyLapsed"}
NOT_COUNTED = {
    "7": {**UNHEARD, **NO_NUMBER, "DOB": "2008-01-15"}, "8": {**UNHEARD, **NO_NUMBER, "ActivityCode": "710"},
    "9": {**UNHEARD, **NO_NUMBER, "CohortStatus": "T", "TransferredToLACode": "301"},
}


def _numbered(number: str, said: dict[str, str]) -> str:
    return record({**said, "YoungPersonsID": f"358000000000{number}", "FamilyName": f"Ng{'abcdefghi'[int(number) - 1]}"})


@pytest.fixture
def delivery(bring):
    people = {number: said for number, (said, _) in COUNTED.items()} | NOT_COUNTED
    return bring(made(*(_numbered(number, said) for number, said in people.items())))


def test_it_is_what_a_count_by_hand_of_those_with_an_error_gives(delivery):
    numbers = [*COUNTED, *NOT_COUNTED]
    wrong = {numbers[row.place - 1]: [each for each in row.problems if each.get("who")] for row in delivery.rows.all()}
    expected = defaultdict(int)
    for number, errors in wrong.items():
        unknown = number in COUNTED and COUNTED[number][1]
        for who in {each["who"] for each in errors} | {"all"} if errors else ():
            expected[who] += unknown and any(each["field"] in DECIDING for each in errors if who in ("all", each["who"]))
    assert delivery.could_fall["cohort"] == len(COUNTED)
    found = delivery.could_fall["points"]
    assert found == {who: pytest.approx(100 * many / len(COUNTED), abs=1e-5) for who, many in expected.items()}
    assert {each["field"] for each in wrong["0"]} & DECIDING
    assert 0 < expected["all"] < len(COUNTED)


def test_the_page_says_so(delivery, cast):
    page = html.unescape(cast("tracking_officer").get(f"/files/{delivery.pk}/").content.decode())
    most = f"could fall by at most {delivery.could_fall['points']['all']:.1f} points and rise by at most 0.0"
    assert "Of the 7 young people whom the headline counts in this file" in page
    assert f"<strong>{most}</strong>" in page
    assert page.count("If all of these were put right, NEET or not known could fall by at most") == \
        len(delivery.could_fall["points"]) - 1


# Of four whom the headline counts two are past year 11 with a school-age activity, one of them with nothing else wrong: at most
# two of four. Who is at college and lacks the end of it is participating all the same.
SCHOOL_AGE = {**ADE, "ActivityCode": "110"}
RISES = {"1": SCHOOL_AGE, "2": {**SCHOOL_AGE, "Gender": "X"}, "3": {**ADE, "PredictedEndDate": ""}, "4": BO,
         "5": {**SCHOOL_AGE, "DOB": "2010-11-05"}}


@pytest.fixture
def rising(bring):
    return bring(made(*(_numbered(number, said) for number, said in RISES.items())))


def test_how_far_it_could_rise_is_counted_and_said(rising, cast):
    assert (rising.could_fall["cohort"], rising.could_fall["points"]["all"], rising.could_fall["rises"]["all"]) == (4, 0.0, 50.0)
    page = html.unescape(cast("tracking_officer").get(f"/files/{rising.pk}/").content.decode())
    assert "NEET or not known <strong>could fall by at most 0.0 points and rise by at most 50.0</strong> if everything" in page
    assert "It rises so far if all of those who are past compulsory schooling" in page


def test_nothing_is_said_of_a_rise_that_was_not_counted(rising, cast):
    del rising.could_fall["rises"]
    rising.save(update_fields=["could_fall"])
    page = html.unescape(cast("tracking_officer").get(f"/files/{rising.pk}/").content.decode())
    assert "would not make NEET or not known fall." in page
    assert "NEET or not known could fall by at most 0.0 points.</p>" in page
    assert "rise by" not in page
