"""Numbers and dates as a reader sees them."""

from datetime import UTC, date, datetime

import pytest

from throughline.ui import formats


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (1234.5, 1, "1,234.5"),
        (1234567, 0, "1,234,567"),
        (-0.4, 1, "−0.4"),
        (-1234, 0, "−1,234"),
        (-0.04, 1, "0.0"),
        (0, 0, "0"),
        (7, 2, "7.00"),
    ],
)
def test_a_number_has_commas_and_a_real_minus_sign(value, decimals, printed):
    assert formats.number(value, decimals) == printed


@pytest.mark.parametrize(("value", "printed"), [(0.5, "+0.5"), (-0.5, "−0.5"), (0, "0.0"), (0.04, "0.0")])
def test_a_signed_number_shows_its_sign_unless_it_rounds_to_nothing(value, printed):
    assert formats.signed(value, 1) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (date(2026, 11, 22), "22 November 2026"),
        (date(2026, 2, 1), "1 February 2026"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),  # already tomorrow in British Summer Time
        (None, ""),
    ],
)
def test_a_day_is_written_in_full(value, printed):
    assert formats.day(value) == printed


@pytest.mark.parametrize(
    ("hour", "minute", "clock"), [(0, 5, "12:05am"), (9, 0, "9:00am"), (12, 0, "12:00pm"), (16, 5, "4:05pm")]
)
def test_a_moment_has_a_twelve_hour_clock(hour, minute, clock):
    assert formats.moment(datetime(2026, 11, 22, hour, minute, tzinfo=UTC)) == f"22 November 2026 at {clock}"


@pytest.mark.parametrize(("octets", "printed"), [(1, "1 KB"), (12_400, "12 KB"), (3_440_000, "3.4 MB")])
def test_a_size_is_in_thousands(octets, printed):
    assert formats.size(octets) == printed


@pytest.mark.parametrize(("how_many", "words", "printed"), [
    (1, ("figure",), "1 figure"), (0, ("figure",), "0 figures"), (1234, ("figure",), "1,234 figures"),
    (1, ("entry", "entries"), "1 entry"), (2, ("entry", "entries"), "2 entries"),
])
def test_things_are_counted_in_the_singular_and_the_plural(how_many, words, printed):
    assert formats.count(how_many, *words) == printed
