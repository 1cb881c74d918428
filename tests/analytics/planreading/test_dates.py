"""When something is due: what each way of printing a time is understood to mean, and what is left for a person."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.analytics.planreading.dates import is_year_or_years, read_when, says_a_time

PRINTED = [
    # printed, dates as (kind, start, end), recurrence, ongoing
    ("by Sept 2016", [("by", "2016-09-01", "2016-09-30")], "", False),
    ("By the end of March 2017", [("by", "2017-03-01", "2017-03-31")], "", False),
    ("no later than 31/03/2017", [("by", "2017-03-31", "2017-03-31")], "", False),
    ("From Jan 2017", [("from", "2017-01-01", "")], "", False),
    ("July 2008 onwards", [("from", "2008-07-01", "")], "", False),
    ("From September 2008 onwards", [("from", "2008-09-01", "")], "", False),
    ("2016/17", [("during", "2016-09-01", "2017-08-31")], "", False),
    ("16/17", [("during", "2016-09-01", "2017-08-31")], "", False),
    ("2008 - 2011", [("during", "2008-01-01", "2011-12-31")], "", False),
    ("by 2018", [("by", "2018-01-01", "2018-12-31")], "", False),
    ("Q1 2016/17", [("during", "2016-04-01", "2016-06-30")], "", False),
    ("18th June 2008", [("on", "2008-06-18", "2008-06-18")], "", False),
    ("18 June 2008 Partnership meeting", [("on", "2008-06-18", "2008-06-18")], "", False),
    ("2017-03-31", [("on", "2017-03-31", "2017-03-31")], "", False),
    ("6th & 12th May 2016", [("on", "2016-05-06", "2016-05-06"), ("on", "2016-05-12", "2016-05-12")], "", False),
    ("Sep10", [("during", "2010-09-01", "2010-09-30")], "", False),
    ("Nov08–March 09", [("during", "2008-11-01", "2009-03-31")], "", False),
    ("Nov - Feb 2017", [("during", "2016-11-01", "2017-02-28")], "", False),
    ("May - Sept 2016 Embryonic by Sept 2016",
     [("during", "2016-05-01", "2016-09-30"), ("by", "2016-09-01", "2016-09-30")], "", False),
    ("June, Sept, Nov 2016 & Jan, March 2017", [
        ("during", f"{year}-{month}-01", f"{year}-{month}-{last}")
        for year, month, last in ((2016, "06", 30), (2016, "09", 30), (2016, 11, 30), (2017, "01", 31), (2017, "03", 31))
    ], "", False),
    ("Summer term 08", [("during", "2008-04-16", "2008-08-31")], "", False),
    ("By Autumn 2008", [("by", "2008-09-01", "2008-12-31")], "", False),
    ("Autumn term 2016/17", [("during", "2016-09-01", "2016-12-31")], "", False),
    ("Half termly", [], "half-termly", False),
    ("Half-termly meetings", [], "half-termly", False),
    ("2016/17 Termly messages to parents", [("during", "2016-09-01", "2017-08-31")], "termly", False),
    ("Annual", [], "yearly", False),
    ("monthly from Sept 2016", [("from", "2016-09-01", "")], "monthly", False),
    ("On-going", [], "", True),
    ("30-09-2026", [("on", "2026-09-30", "2026-09-30")], "", False),
    ("By Christmas 2026", [("by", "2026-12-01", "2026-12-31")], "", False),
    ("academic year 2026-27", [("during", "2026-09-01", "2027-08-31")], "", False),
    ("Financial year 2026/27", [("during", "2026-04-01", "2027-03-31")], "", False),
    ("by end of FY26/27", [("by", "2026-04-01", "2027-03-31")], "", False),
    ("Quarter 3 of 2026/27", [("during", "2026-10-01", "2026-12-31")], "", False),
    ("bi-annually", [], "half-yearly", False),
    ("By Sept 2026 then quarterly", [("by", "2026-09-01", "2026-09-30")], "quarterly", False),
]


@pytest.mark.parametrize(("printed", "dates", "recurrence", "ongoing"), PRINTED, ids=[each[0] for each in PRINTED])
def test_a_printed_time_is_understood(printed, dates, recurrence, ongoing, templates):
    when = read_when(printed, templates)
    assert [(each["kind"], each["start"], each["end"]) for each in when.dates] == dates
    assert (when.printed, when.recurrence, when.ongoing, when.understood) == (printed, recurrence, ongoing, True)


@pytest.mark.parametrize("printed", [
    "206/17", "As above", "Already exists", "18 th June Partnership meeting", "G2 May 8 -Sep 09", "Feb 30 2017",
    "Annual review, termly monitoring", "Autumn term", "when ready", "2016/19 term 3", "31/02/2017",
    "By Easter 2026", "Sept 2026, within some weeks", "From May 2016, as soon as possible after",
])
def test_what_is_left_over_is_said(printed, templates):
    when = read_when(printed, templates)
    assert (when.printed, when.understood) == (printed, False)


def test_nothing_printed_is_nothing_to_understand(templates):
    assert read_when("  ", templates).understood


def test_a_heading_gives_the_year_that_is_missing(templates):
    when = read_when("18 th June onwards", templates, heading_year=2008)
    assert [(each["kind"], each["start"]) for each in when.dates] == [("from", "2008-06-18")]
    assert when.understood
    assert not read_when("29th February", templates, heading_year=2007).understood


def test_as_above_repeats_the_row_above(templates):
    above = read_when("By Sept 2016", templates)
    when = read_when("As above Termly", templates, above=above)
    assert (when.dates, when.recurrence, when.understood) == (above.dates, "termly", True)


def test_a_date_says_which_of_the_words_it_was(templates):
    assert [each["text"] for each in read_when("Agreed by Sept 2016 and from Jan 2017", templates).dates] == [
        "by Sept 2016", "from Jan 2017",
    ]


@pytest.mark.parametrize(("text", "least", "most"), [
    ("By Sept 2016", 1, 1), ("On-going", 1, 1), ("June 08 ,Nov 08", 1, 1), ("Schools meet", 0, 0),
    ("2010 Access managed through one stop", 0.01, 0.3), ("By Sept 2016 Half termly meetings of heads", 0.4, 0.75),
])
def test_how_far_a_cell_is_a_time(text, least, most, templates):
    assert least <= says_a_time(text, templates) <= most


@pytest.mark.parametrize(("text", "years"), [
    ("2015", True), ("2004 -2005", True), ("2016/17", True), ("20167", False), ("78.8%", False),
])
def test_a_year_is_known_from_a_figure(text, years):
    assert is_year_or_years(text) is years


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(printed=st.lists(st.sampled_from([
    "by", "from", "31", "30", "Feb", "June", "2016", "16/17", "08", "-", "&", "/", "termly", "Autumn", "term", "9/9/99", "0/0/0",
]), max_size=8).map(" ".join) | st.text(max_size=30))
def test_no_words_fail_and_every_date_is_a_stretch_of_days(printed, templates):
    for each in read_when(printed, templates).dates:
        assert each["end"] == "" if each["kind"] == "from" else each["start"] <= each["end"]
