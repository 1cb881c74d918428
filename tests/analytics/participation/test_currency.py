"""Activities lapse as the dated rules say."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.codesets import load_codeset
from throughline.analytics.participation.currency import Edition, Lapses, Rule, load_currency
from throughline.analytics.participation.stated import read_stated
from throughline.core.problems import RefusedFileError

APRIL = date(2019, 4, 30)
HELD = load_currency(settings.DEFINITIONS).on(APRIL)
# code, verified, review, predicted end, lapse date
LAPSES = [
    ("210", "2018-10-03", None, "2020-07-31", "2019-08-31"),
    ("230", "2018-10-03", None, "2019-06-30", "2019-06-30"),
    ("230", "2018-08-31", None, "2020-07-31", "2018-08-31"),
    ("290", "2019-04-01", "2019-05-10", "2019-12-31", "2019-06-07"),
    ("260", "2019-04-01", "2019-05-10", "2019-05-31", "2019-05-31"),
    ("350", "2019-04-01", "2019-04-30", None, "2019-05-28"),
    ("350", "2019-04-01", None, None, "2019-10-01"),
    ("260", "2019-04-01", None, "2019-05-31", "2019-05-31"),
    ("350", "2019-04-01", "9999-12-31", "2019-05-31", None),
    ("290", "2019-04-01", "9999-12-04", None, None),
    ("410", "2019-02-10", None, "9999-12-31", None),
    ("310", "2018-11-30", None, None, "2019-11-30"),
    ("330", "2018-08-31", None, None, "2019-02-28"),
    ("410", "2018-11-30", None, "2019-05-01", "2019-05-01"),
    ("410", "2018-11-30", None, None, "2019-05-30"),
    ("530", "2019-02-10", None, "2019-05-10", "2019-05-10"),
    ("616", "2019-02-10", "2019-03-01", None, None),
    ("619", "2017-01-01", None, None, None),
    ("810", "2017-01-01", None, None, None),
    ("999", "2017-01-01", None, None, None),
]


def day(printed: str | None) -> date | None:
    return date.fromisoformat(printed) if printed else None


@pytest.mark.parametrize(("code", "verified", "review", "predicted_end", "lapses"), LAPSES)
def test_the_lapse_date(code, verified, review, predicted_end, lapses):
    rules = load_currency(settings.DEFINITIONS).on(APRIL)
    activity = Activity(code, date(2016, 9, 5), verified=day(verified), review=day(review), predicted_end=day(predicted_end))
    assert rules.lapse_date(activity) == day(lapses)


# Years on either side of the first and the last day that there is, where a sum may fall off the calendar, as likely as any.
DAYS = st.dates() | st.dates(date.max - timedelta(days=800), date.max) | st.dates(date.min, date.min + timedelta(days=800))


@given(st.sampled_from(sorted({each[0] for each in LAPSES})), DAYS, *[st.none() | DAYS] * 3)
@example("210", date(9999, 9, 1), None, None, None)
@example("260", APRIL, None, date.max - timedelta(days=1), None)
@example("310", APRIL, date.max - timedelta(days=1), None, None)
def test_any_day_can_be_counted_from(code, start, verified, review, predicted_end):
    """A supplier writes 31 December 9999 for never; and what is to end lapses no later than that."""
    lapses = HELD.lapse_date(Activity(code, start, None, verified, review, predicted_end))
    assert lapses is None or lapses < date.max
    assert lapses is None or predicted_end is None or lapses <= predicted_end


@given(st.sampled_from(["210", "310", "330"]), DAYS, st.none() | DAYS, st.none() | DAYS, st.integers(0, 800))
def test_whoever_is_confirmed_later_lapses_no_earlier(code, verified, review, predicted_end, days):
    def lapses(on):
        return HELD.lapse_date(Activity(code, date.min, None, on, review, predicted_end)) or date.max

    assert lapses(verified) <= lapses(date.fromordinal(min(verified.toordinal() + days, date.max.toordinal())))


def test_on_its_lapse_date_it_is_still_current():
    rules = load_currency(settings.DEFINITIONS).on(APRIL)
    activity = Activity("310", date(2018, 9, 1), verified=date(2018, 11, 30))
    assert not rules.has_lapsed(activity, date(2019, 11, 30))
    assert rules.has_lapsed(activity, date(2019, 12, 1))


@pytest.mark.parametrize(("undated", "lapses"), [(None, None), (0, "2019-02-10"), (3, "2019-05-10")])
def test_no_months_after_it_was_confirmed_is_that_very_day_and_not_never(undated, lapses):
    rules = Edition(APRIL, "low", "", {"410": Rule(Lapses.PREDICTED_END, undated=undated)})
    assert rules.lapse_date(Activity("410", date(2018, 9, 5), verified=date(2019, 2, 10))) == day(lapses)


def test_what_was_never_verified_is_counted_from_when_we_were_told():
    rules = load_currency(settings.DEFINITIONS).on(APRIL)
    assert rules.lapse_date(Activity("310", date(2018, 9, 1), ascertained=date(2018, 10, 31))) == date(2019, 10, 31)
    assert rules.lapse_date(Activity("310", date(2018, 9, 1))) == date(2019, 9, 1)


def test_every_activity_code_has_a_rule():
    codes = set(load_codeset(settings.DEFINITIONS, "activity").by_code)
    assert set(load_currency(settings.DEFINITIONS).on(APRIL).rules) == codes


def test_a_later_edition_takes_over_at_its_month_end(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "currency.toml").write_text("".join(
        f'[[edition]]\nfrom = {starts}\nconfidence = "high"\nsource = "a test"\n'
        f'[[edition.rule]]\ncodes = ["310"]\nlapses = "verified"\nmonths = {months}\n'
        for starts, months in (("2026-04-01", 9), ("2015-04-01", 12))
    ), encoding="utf-8")
    currency = load_currency(tmp_path)
    assert [currency.on(date.fromisoformat(on)).rules["310"].months for on in ("2014-01-31", "2026-03-31", "2026-04-30")] == [
        12, 12, 9]


def test_rules_that_cannot_be_read_are_refused(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "currency.toml").write_text('[[edition]]\nfrom = 2015-04-01\n', encoding="utf-8")
    with pytest.raises(RefusedFileError, match=r"currency\.toml"):
        load_currency(tmp_path)


def test_nothing_stands_in_the_file_that_is_not_read():
    """It is shown to officers, who would take it to hold."""
    editions = read_stated(settings.DEFINITIONS / "rules" / "currency.toml")["edition"]
    assert {key for edition in editions for key in edition} == {"from", "confidence", "source", "rule"}
    assert {key for edition in editions for rule in edition["rule"] for key in rule} <= {
        "codes", "lapses", "days", "months", "undated"}
