"""Values are written as a spreadsheet prints them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.analytics.planreading.containers.excel_numbers import printed

FIRST = date(2016, 9, 1)


@pytest.mark.parametrize(("value", "number_format", "expected"), [
    (0.98, "0%", "98%"),
    (0.055, "0.0%", "5.5%"),
    (30000, '"£"#,##0', "£30,000"),
    (30000, "£#,##0", "£30,000"),
    (-1234.5, '[$£-809]#,##0.00;[Red]\\-[$£-809]#,##0.00', "-£1,234.50"),
    (-1234.5, '"£"#,##0_);("£"#,##0)', "(£1,235)"),
    (-50, "#,##0;(#,##0);0", "(50)"),
    (0, '0;-0;"none";@', "0"),
    (1.2, "0.00", "1.20"),
    (1.2, "0.0#", "1.2"),
    (2.5, "0", "3"),
    (7, "000", "007"),
    (4_200_000, '0.0,,"m"', "4.2m"),
    (700, "General", "700"),
    (700.0, "General", "700"),
    (91.36, "General", "91.36"),
    (0.1 + 0.2, "General", "0.3"),
    (0.5, "# ?/?", "0.5"),
    (12, '0" a year"', "12 a year"),
    (True, "General", "TRUE"),
    ("£30k", "General", "£30k"),
    (None, "General", ""),
    (FIRST, "mmm-yy", "Sept 2016"),
    (FIRST, "mmmm yyyy", "Sept 2016"),
    (FIRST, "[$-809]d mmmm yyyy;@", "1 September 2016"),
    (FIRST, "dd/mm/yyyy", "01/09/2016"),
    (FIRST, "mm-dd-yy", "01/09/2016"),
    (FIRST, "d-mmm-yy", "1-Sep-16"),
    (FIRST, "dddd, d mmm", "Thursday, 1 Sep"),
    (datetime(2016, 9, 1, 9, 30), "dd/mm/yyyy hh:mm", "2016-09-01"),  # noqa: DTZ001
    (FIRST, "yyyy", "2016"),
    (FIRST, "General", "2016-09-01"),
    (time(9, 5), "hh:mm", "09:05"),
])
def test_values_as_printed(value, number_format, expected):
    assert printed(value, number_format) == expected


VALUES = st.one_of(st.floats(), st.integers(), st.dates(), st.datetimes(), st.booleans())


@given(VALUES, st.text(alphabet='0#?,.%;"\\dmyhs£[]-$E+/@_* ', max_size=12))
def test_any_format_gives_some_text(value, number_format):
    assert printed(value, number_format) is not None
