"""What an authority's register counts stands on its own scorecard, beside what is published of the same thing."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest

from tests.apps.performance.reading import facts, headings, links, main, page_of, table
from tests.cast import signed_in_client
from throughline.analytics.measures.areas import all_areas
from throughline.analytics.measures.figures import ranges
from throughline.apps.learners.actions.activities import record_activity
from throughline.apps.learners.actions.learners import add_learner
from throughline.apps.learners.models import Learner
from throughline.apps.performance import figures as room
from throughline.apps.performance.extracts import month_ends, register_rows
from throughline.apps.performance.scorecard import published_beside
from throughline.apps.performance.sentences import WHAT_THE_BAND_IS

TITLE = "by our own register"


@pytest.fixture(scope="module")
def counted_once(count_once):
    """A register of forty young people of 358, eight of them NEET, counted beside what is published."""
    started = date(2025, 9, 5)
    for number in range(40):
        learner = add_learner(by=None, area="358", born=date(2008, 10, 1), given="Ade", family="Okafor", since=date(2025, 9, 1))
        code = "619" if number % 5 == 0 else "310"
        record_activity(by=None, learner=learner, code=code, start=started, ascertained=started)
    return count_once()


@pytest.fixture
def counted(counted_once, stand_on):
    """Those of counted_once, with a warehouse of the test's own that counts them."""
    stand_on(counted_once)


def test_it_stands_beside_england_as_published(counted):
    page = main(signed_in_client("tracking_officer").get("/authorities/358/"))
    assert TITLE in page
    assert "as published, 2025" in page
    beside = published_beside(room.warehouse(), room.measures(), room.measures().values())
    assert beside["neet_or_not_known_16_17_register"].definition.id == "neet_or_not_known_16_17"
    assert beside["neet_or_not_known_16_17_register"].place.area == "970"


def test_neet_is_shown_as_a_range(counted):
    """Of forty, eight are NEET: the range is a point until the apprentices have not been heard of for a year."""
    measure = "neet_16_17_month_register"
    between = ranges(room.warehouse(), all_areas(room.warehouse())["358"])
    assert {tuple(each)[:3] for (id, *_), each in between.items() if id == measure} == {(20.0, 20.0, 20.0), (20.0, 100.0, 100.0)}
    reader = signed_in_client("tracking_officer")
    page = main(reader.get(f"/authorities/358/measures/{measure}/"))
    assert "NEET is somewhere from 20.0%, if nobody of those not known is NEET, to 100.0%" in page
    assert "Adjusted as" not in page
    average = main(reader.get("/authorities/358/measures/neet_16_17_register/"))
    assert "Adjusted as the department once did, until 2016, indicative: 20.0%. That is history" in average
    assert "Of these numbers we are not sure (The department’s adjustment" in average.replace("&#39;", "’").replace("'", "’")
    assert "NEET is somewhere" not in main(signed_in_client("tracking_officer", email="other@example.org").get(
        "/authorities/358/measures/participation_16_17_month_register/"))


@pytest.mark.parametrize(("measure", "counts"), [
    ("neet_16_17_month_register", ["8", "40"]), ("neet_16_17_register", ["8.0", "40.0"])])
def test_whoever_sees_the_figure_is_told_how_many_it_counts_among_how_many(counted, measure, counts):
    reader, page = signed_in_client("strategy_lead"), f"/authorities/358/measures/{measure}/"
    answer = reader.get(page)
    assert headings(answer, "trend-table") == ["Period", "Counted", "Among", "At least, as counted", "Likely", "At most"]
    assert table(answer, "trend-table")[-1][1:4] == [*counts, "20.0%"]
    assert [facts(answer)[name] for name in ("Counted", "Among")] == counts
    assert main(answer).count("are averages of the month ends.") == ("." in counts[0])
    head, row, *_ = csv.reader(reader.get(f"{page}download/trend.csv").content.decode("utf-8-sig").splitlines())
    assert dict(zip(head, row, strict=True)).items() >= {
        "Counted": "8.0", "Counted among": "40.0", "At least, as counted": "20.0"}.items()


@pytest.mark.parametrize("measure", ["neet_16_17_month_register", "neet_16_17_register"])
def test_the_range_of_each_period_is_in_the_chart_its_table_its_download_and_its_words(counted, measure):
    reader, page = signed_in_client("strategy_lead"), f"/authorities/358/measures/{measure}/"
    answer, held = reader.get(page), ranges(room.warehouse(), all_areas(room.warehouse())["358"])
    shown = {row[0]: row[3:] for row in table(answer, "trend-table")}
    told = {period: tuple(each)[:3] for (id, period), each in held.items() if id == measure}
    assert told
    assert shown == {period: [f"{end:.1f}%" for end in each] for period, each in told.items()}
    typed = csv.DictReader(reader.get(f"{page}download/trend.csv").content.decode("utf-8-sig").splitlines())
    names = ("At least, as counted", "Likely", "At most")
    assert {row["Period"]: [float(row[name]) for name in names] for row in typed} == {
        period: pytest.approx(each, abs=0.051) for period, each in told.items()}
    book = openpyxl.load_workbook(io.BytesIO(reader.get(f"{page}download/trend.xlsx").content))
    assert WHAT_THE_BAND_IS in [cell for (cell,) in book["About these figures"].iter_rows(values_only=True)]
    low, likely, high = list(shown.values())[-1]
    alternative = page_of(answer).find(".//picture/img").get("alt")
    assert alternative.rstrip(".").endswith(f"at least {low}, likely {likely}, at most {high} in {list(shown)[-1]}")
    drawn = reader.get(f"{page}trend.svg").content.decode()
    assert "mark-area" in drawn
    assert all(name in drawn for name in names)
    assert "NEET is somewhere between the two ends." in main(answer)
    assert next(iter(facts(answer).values())) == f"{low} at most {high}, likely {likely}"


def test_a_change_says_how_far_the_most_that_neet_may_be_went_and_that_losing_people_is_part_of_it(counted):
    measure = "neet_16_17_month_register"
    answer = signed_in_client("strategy_lead").get(f"/authorities/358/measures/{measure}/")
    held = ranges(room.warehouse(), all_areas(room.warehouse())["358"])
    (period, _), *_, (since, said) = list(facts(answer).items())[:4]
    before = since.removeprefix("Change since ")
    assert (held[measure, period][:3], held[measure, before][:3]) == ((20.0, 100.0, 100.0), (20.0, 20.0, 20.0))
    assert said == "● no change at most ▲ up 80.0"
    assert f"NEET was at least 20.0%, likely 20.0%, at most 20.0% in {before}. More are not known than then" in main(answer)


def test_what_has_no_range_is_a_line_alone(counted):
    reader, page = signed_in_client("strategy_lead"), "/authorities/358/measures/participation_16_17_month_register/"
    answer = reader.get(page)
    assert headings(answer, "trend-table") == ["Period", "Counted", "Among", "Trafford"]
    assert "mark-area" not in reader.get(f"{page}trend.svg").content.decode()
    assert "NEET is somewhere between" not in main(answer)


def test_why_groups_are_suppressed_stands_before_them(counted):
    page = main(signed_in_client("tracking_officer").get("/authorities/358/measures/neet_16_17_month_register/"))
    why = "groups are suppressed, by one of three rules: too few people are counted in the group or left over"
    assert page.index(why) < page.index("Academic age") < page.index("Download CSV of the groups")
    assert "so that nobody can work that one out by subtraction" in page
    together = "which is why NEET and not known are hidden together"
    assert together in page
    both = signed_in_client("tracking_officer", email="other@example.org")
    assert together not in main(both.get("/authorities/358/measures/neet_or_not_known_16_17_month_register/"))
    assert "Special educational needs Suppressed for each of No special educational needs." in page


def test_another_authority_and_those_who_see_no_own_figures_are_not_shown_it(counted):
    elsewhere = signed_in_client("tracking_officer", area="850", email="elsewhere@example.org")
    assert TITLE not in main(elsewhere.get("/authorities/358/"))
    assert TITLE not in main(signed_in_client("employer").get("/authorities/358/"))


@pytest.mark.django_db
def test_where_nobody_keeps_a_register_there_is_nothing_to_count():
    Learner.objects.all().delete()
    assert register_rows(room.measures()) is None


@pytest.mark.parametrize(("today", "last"), [
    (date(2026, 11, 28), date(2026, 10, 31)), (date(2026, 11, 30), date(2026, 11, 30)), (date(2027, 1, 1), date(2026, 12, 31)),
])
def test_only_months_that_are_over_are_counted(today, last):
    ends = month_ends(today, 14)
    assert ends[-1] == last
    assert all((end + timedelta(days=1)).day == 1 for end in ends)
    assert list(ends) == sorted(set(ends))
    assert len(ends) == 14


def test_an_invented_authority_shows_what_it_has_says_that_it_is_invented_and_leads_to_a_real_one(
        db, settings, tmp_path, small_reference):
    settings.WAREHOUSE, settings.LOADED = tmp_path / "warehouse.duckdb", tmp_path / "loaded"
    settings.REFERENCE, settings.DEMONSTRATION = small_reference, True
    for number in range(40):
        learner = add_learner(by=None, area="899", born=date(2008, 10, 1), given="Ade", family="Okafor", since=date(2025, 9, 1))
        record_activity(by=None, learner=learner, code="619" if number % 4 == 0 else "310", start=date(2025, 9, 5))
    room.rebuild()
    answer = signed_in_client("tracking_officer", area="899").get("/authorities/899/")
    assert "This authority is invented" in main(answer)
    assert any(link.startswith("/authorities/8") and link != "/authorities/899/" for link in links(answer))
    rows = [row for row in table(answer, "scorecard") if len(row) > 1]
    assert rows
    assert all(TITLE in row[0] for row in rows), "no row of what is not published"
    typed = signed_in_client("tracking_officer", area="899", email="other@example.org").get("/authorities/899/scorecard.csv")
    assert len(typed.content.decode().splitlines()) == 1 + len(rows)
    assert headings(answer, "scorecard") == ["Measure", "Value", "Change", "England", "Trend"], "beside nobody"
    nothing = signed_in_client("employer", area="899", email="another@example.org").get("/authorities/899/")
    assert page_of(nothing).find(".//input[@id='period']") is None
    assert {"/authorities/970/", "/measures/", "/authorities/"} <= set(links(nothing))
    real = signed_in_client("employer").get("/authorities/358/")
    assert "This authority is invented" not in main(real)
