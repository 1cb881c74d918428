"""What the rules of a return test, by name: tests of several fields of a record, and of age at the period's end.

Each function makes a Test from what a rule is given. Fields are named as in a Record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughline.analytics.formats.nccis.known import Born, Given
from throughline.analytics.formats.nccis.record import PLACE, Record
from throughline.core.ages import academic_year

Fails = Callable[[Record, Born], bool]


@dataclass(frozen=True)
class Test:
    """fails says whether a record fails.

    It need only be asked where the field when is filled, and of activities whose code is in codes; None means always.
    """

    fails: Fails
    when: str | None = None
    codes: frozenset[str] | None = None


def all_empty(given: Given) -> Test:
    """None of the rule's fields is filled."""
    places = [PLACE[field] for field in given["fields"]]
    return Test(lambda record, _: not any(record[place] for place in places))


def differs(given: Given) -> Test:
    """Two fields are filled and not the same."""
    first, second = (PLACE[field] for field in given["fields"])
    return Test(lambda record, _: record[second] != "" and record[first] != record[second], given["fields"][0])


def same(given: Given) -> Test:
    """Two fields are filled and the same."""
    first, second = (PLACE[field] for field in given["fields"])
    return Test(lambda record, _: record[first] == record[second], given["fields"][0])


def all_say(given: Given) -> Test:
    """Each of the rule's fields says what the rule says."""
    places, says = [PLACE[field] for field in given["fields"]], given["says"]
    return Test(lambda record, _: all(record[place] == says for place in places))


def later(given: Given) -> Test:
    """The first of two days is later than the second; only where both can be read."""
    first, second = (PLACE[field] for field in given["fields"])
    days: Mapping[Any, date | None] = given.days

    def fails(record: Record, _: Born) -> bool:
        one, other = days[record[first]], days[record[second]]
        return one is not None and other is not None and one > other

    return Test(fails, given["fields"][0])


def before_birthday(given: Given) -> Test:
    """A day before the birthday at which somebody reaches the rule's age; of the rule's activities, where it is of any."""
    field, years = PLACE[given.field], given["years"]
    days: Mapping[Any, date | None] = given.days

    def fails(record: Record, born: Born) -> bool:
        day = days[record[field]]
        return day is not None and born.birth is not None and _age(born.birth, day) < years

    return Test(fails, given.field, given.codes() if given.is_of_codes else None)


def _age(birth: date, day: date) -> int:
    """Whole years on a day, without the birthday itself, which for a mistyped year of birth may lie past the calendar's end."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def empty_with_status(given: Given) -> Test:
    """Nothing was given although the record has one of the rule's statuses."""
    field, statuses = PLACE[given.field], given.codes()
    return Test(lambda record, _: record.cohort_status in statuses and not record[field])


def filled_without_status(given: Given) -> Test:
    """Something was given although the record has none of the rule's statuses."""
    statuses = given.codes()
    return Test(lambda record, _: record.cohort_status not in statuses, given.field)


def unknown_transfer(given: Given) -> Test:
    """Transferred to no authority there is, or having left England to no place outside it."""
    authorities, outside = given.codes(), frozenset(given["outside_england"])

    def fails(record: Record, _: Born) -> bool:
        if record.cohort_status == "T":
            return record.transferred_to not in authorities
        return record.cohort_status == "E" and record.transferred_to not in outside

    return Test(fails, "transferred_to")


def older_than(given: Given) -> Test:
    """Of a greater academic age than the rule's, and of none of the statuses it exempts."""
    most, exempt = given["age"], frozenset(given["exempt"])
    return Test(lambda record, born: born.age is not None and born.age > most and record.cohort_status not in exempt)


def younger_than(given: Given) -> Test:
    """Of a lesser academic age than the rule's."""
    least = given["age"]
    return Test(lambda _, born: born.age is not None and born.age < least)


def of_age_without_plan(given: Given) -> Test:
    """Of the rule's academic age or more, without the flag for an education, health and care plan."""
    least, exempt = given["age"], frozenset(given["exempt"])
    return Test(lambda record, born: born.age is not None and born.age >= least and record.send_flag != "Y"
                and record.cohort_status not in exempt)


def below_year_with_other_code(given: Given) -> Test:
    """In a lower year group than the rule's, and of another activity than the rule's."""
    year, codes = given["year"], given.codes()
    return Test(lambda record, born: born.year is not None and born.year < year and record.activity_code not in codes,
                "activity_code")


def from_year_with_code(given: Given) -> Test:
    """In the rule's year group or a higher one, and of one of the rule's activities."""
    year = given["year"]
    return Test(lambda _, born: born.year is not None and born.year >= year, "activity_code", given.codes())


def empty_in_year(given: Given) -> Test:
    """Nothing was given although the person is in the rule's year group."""
    field, year = PLACE[given.field], given["year"]
    return Test(lambda record, born: born.year == year and not record[field])


def code_without_day(given: Given) -> Test:
    """One of the rule's activities, without a day that can be read."""
    field = PLACE[given.field]
    days: Mapping[Any, date | None] = given.days
    return Test(lambda record, _: days[record[field]] is None, codes=given.codes())


def code_with_nothing(given: Given) -> Test:
    """One of the rule's activities, with nothing given."""
    field = PLACE[given.field]
    return Test(lambda record, _: not record[field], codes=given.codes())


def filled_with_other_code(given: Given) -> Test:
    """Something was given although the activity is none of the rule's."""
    codes = given.codes()
    return Test(lambda record, _: record.activity_code != "" and record.activity_code not in codes, given.field)


def code_without_characteristic(given: Given) -> Test:
    """One of the rule's activities, without the characteristic that goes with it."""
    needed = given["characteristic"]
    return Test(lambda record, _: needed not in record.characteristics, codes=given.codes())


def code_with_flag_not_yes(given: Given) -> Test:
    """One of the rule's activities, with the flag for a plan given and not Y."""
    return Test(lambda record, _: record.send_flag not in ("", "Y"), codes=given.codes())


def characteristic_of_gender(given: Given) -> Test:
    """The rule's characteristic and the rule's gender."""
    characteristic, gender = given["characteristic"], given["gender"]
    return Test(lambda record, _: characteristic in record.characteristics and record.gender == gender, "characteristics")


def lapsed_too_soon(given: Given) -> Test:
    """Said to have lapsed, although it is due to after the end of the period."""
    end, days = given.setting.period_end, given.days

    def fails(record: Record, _: Born) -> bool:
        due = days[record.due_to_lapse_date]
        return record.currency_lapsed == "Y" and due is not None and due > end

    return Test(fails, "due_to_lapse_date")


def lapsed_unsaid(given: Given) -> Test:
    """Said not to have lapsed, although it was due to before the end of the period."""
    end, days = given.setting.period_end, given.days

    def fails(record: Record, _: Born) -> bool:
        due = days[record.due_to_lapse_date]
        return record.currency_lapsed == "N" and due is not None and due < end

    return Test(fails, "due_to_lapse_date")


def guarantee_unsaid(given: Given) -> Test:
    """In the September Guarantee, and the block due for the season and year group lacks its status or authority."""
    status, authority = PLACE[f"year_{given['block']}_status"], PLACE[f"year_{given['block']}_lea"]
    before_september = given["from_month"] <= given.setting.period_end.month < given["to_month"]
    year = given["year_in_summer"] if before_september else given["year_in_winter"]

    def fails(record: Record, born: Born) -> bool:
        if born.year != year or (record.guarantee_indicator != "Y" and record.cohort_status != "G"):
            return False
        return not (record[status] and record[authority])

    return Test(fails)


def code_of_another_academic_year(given: Given) -> Test:
    """One of the rule's activities that neither began nor was confirmed in the period's academic year."""
    year, days = academic_year(given.setting.period_end), given.days

    def fails(record: Record, _: Born) -> bool:
        told = (days[record.start_date], days[record.date_verified])
        return all(day is None or academic_year(day) != year for day in told)

    return Test(fails, codes=given.codes())


BETWEEN: dict[str, Callable[[Given], Test]] = {
    test.__name__: test
    for test in (
        all_empty, differs, same, all_say, later, before_birthday, empty_with_status, filled_without_status, unknown_transfer,
        older_than, younger_than, of_age_without_plan, below_year_with_other_code, from_year_with_code, empty_in_year,
        code_without_day, code_with_nothing, filled_with_other_code, code_without_characteristic, code_with_flag_not_yes,
        characteristic_of_gender, lapsed_too_soon, lapsed_unsaid, guarantee_unsaid, code_of_another_academic_year,
    )
}
