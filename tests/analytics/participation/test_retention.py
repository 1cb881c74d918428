"""Until when a record is kept: small tables, and the day of birth asked the other way round."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from throughline.analytics.participation.retention import load_retention
from throughline.core.ages import academic_age
from throughline.core.problems import RefusedFileError

RULE = load_retention(settings.DEFINITIONS).on(date(2026, 11, 1))
GROWN_UP = [
    (date(2001, 8, 31), date(2026, 8, 31)), (date(2001, 9, 1), date(2027, 8, 31)), (date(2002, 2, 28), date(2027, 8, 31)),
    (date(2004, 2, 29), date(2029, 8, 31)),
]


@pytest.mark.parametrize(("born", "last_tracked"), GROWN_UP)
def test_whoever_grew_up_is_kept_three_years_after_the_year_of_their_25th_birthday(born, last_tracked):
    assert academic_age(born, last_tracked) == 24
    assert academic_age(born, last_tracked + timedelta(days=1)) == 25
    assert RULE.after_growing_up(born) == last_tracked.replace(year=last_tracked.year + 3)


@pytest.mark.parametrize(("left", "until"), [(date(2023, 11, 28), date(2026, 11, 28)), (date(2024, 2, 29), date(2027, 2, 28))])
def test_whoever_left_is_kept_for_three_years(left, until):
    assert RULE.after_leaving(left) == until


@given(st.dates(date(1990, 1, 1), date(2015, 12, 31)), st.dates(date(2020, 1, 1), date(2045, 12, 31)))
def test_days_of_birth_are_asked_as_the_last_days_are(born, day):
    assert (born <= RULE.born_by(day)) == (RULE.after_growing_up(born) < day)


@given(st.dates(date(2015, 1, 1), date(2045, 12, 31)), st.dates(date(2020, 1, 1), date(2045, 12, 31)))
@example(date(2025, 2, 28), date(2028, 2, 29))
@example(date(2024, 2, 29), date(2027, 2, 28))
def test_days_of_leaving_are_asked_as_the_last_days_are(left, day):
    assert (left <= RULE.left_by(day)) == (RULE.after_leaving(left) < day)


def test_a_rule_that_cannot_be_read_says_what_would_be_right(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "retention.toml").write_text("[[edition]]\nfrom = 2016-09-01\n", encoding="utf-8")
    with pytest.raises(RefusedFileError, match="last_age"):
        load_retention(tmp_path)
