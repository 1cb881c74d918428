"""Who stands on which list, day by day at the edges: small visible tables in and out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings

from throughline.analytics.participation.activity import Activity
from throughline.analytics.participation.codechanges import Change, Place, laid_over
from throughline.analytics.participation.codesets import load_codeset
from throughline.analytics.participation.cohort import load_cohort
from throughline.analytics.participation.currency import load_currency
from throughline.analytics.participation.worklists import load_worklists
from throughline.apps.followup.standing import Person, Rules, answered_on, chances, rows
from throughline.apps.followup.worklist import why
from throughline.core.problems import RefusedFileError

TODAY = date(2026, 11, 28)
BORN = date(2010, 3, 4)


@pytest.fixture(scope="module")
def rules():
    (edition,) = load_worklists(settings.DEFINITIONS / "rules" / "worklists.toml", load_cohort(settings.DEFINITIONS))
    return Rules(TODAY, load_codeset(settings.DEFINITIONS, "activity"), load_currency(settings.DEFINITIONS).on(TODAY), edition)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _activity(code: str, ago: int, verified: int | None = None, end: int | None = None, review: int | None = None) -> Activity:
    """An activity that started so many days ago; the other days are days ago too."""
    return Activity(code, _ago(ago), _ago(ago), _ago(ago if verified is None else verified),
                    None if review is None else _ago(review), None if end is None else _ago(end))


def _person(*activities: Activity, pk: int = 1, tracked: bool = True, **more) -> Person:
    return Person(pk, pk, BORN, tracked, date(2025, 9, 1), activities=activities, **more)


@pytest.mark.parametrize(("what", "activities", "lists"), [
    ("nothing recorded", (), {"not_known"}),
    ("not known by its code", (_activity("810", 10),), {"not_known"}),
    ("in education, confirmed this academic year", (_activity("220", 60),), set()),
    ("in education, confirmed in the academic year before", (_activity("220", 100),), {"not_known"}),
    ("work that lapses in 30 days", (_activity("330", 200, verified=153),), {"about_to_lapse"}),  # 28 June, and 6 months
    ("work that lapses in 31 days", (_activity("330", 200, verified=152),), set()),
    ("work that lapses today", (_activity("330", 200, verified=184),), {"about_to_lapse"}),
    ("work that lapsed yesterday", (_activity("330", 200, verified=185),), {"not_known"}),
    ("NEET, heard of 90 days ago", (_activity("619", 90),), set()),
    ("NEET, heard of 91 days ago", (_activity("619", 91),), {"neet_overdue"}),
    ("NEET for long, confirmed lately", (_activity("619", 300, verified=5),), set()),
    ("agreed start tomorrow", (_activity("615", 10, end=-1),), set()),
    ("agreed start today", (_activity("615", 10, end=0),), set()),
    ("agreed start yesterday", (_activity("615", 10, end=1),), {"agreed_start_passed"}),
    ("agreed start by its review", (_activity("616", 10, review=1),), {"agreed_start_passed"}),
    ("agreed start with no day, 42 days on", (_activity("615", 42),), set()),
    ("agreed start with no day, 43 days on", (_activity("615", 43),), {"agreed_start_passed"}),
    ("training that ended yesterday", (_activity("410", 80, end=1),), {"not_known", "without_next_place"}),
    ("training that ends today", (_activity("410", 80, end=0),), {"about_to_lapse"}),
    ("training that ended, with the next recorded", (_activity("410", 80, end=1), _activity("220", -5)), {"not_known"}),
    ("left college for NEET 180 days ago", (_activity("220", 300), _activity("619", 179, verified=5)), {"without_next_place"}),
    ("left college for NEET 181 days ago", (_activity("220", 300), _activity("619", 180, verified=5)), set()),
    ("left college for NEET, then not known", (_activity("220", 300), _activity("619", 60), _activity("810", 10)),
     {"not_known", "without_next_place"}),
    ("left college for work", (_activity("220", 100), _activity("330", 20)), set()),
    ("left work for NEET", (_activity("330", 100), _activity("619", 20)), set()),
])
def test_the_lists_at_their_edges(rules, what, activities, lists):
    (row,) = rows([_person(*activities)], rules)
    assert set(row.lists) == lists, what


@pytest.mark.parametrize(("told", "said"), [
    (TODAY - timedelta(days=100), "last heard of 100 days ago"),
    (None, "was to start on 20 August 2026, not confirmed by anybody yet"),
])
def test_why_somebody_is_on_a_list_tells_what_nobody_confirmed_from_what_was_heard(rules, told, said):
    (row,) = rows([_person(Activity("220", _ago(100), told, told))], rules)
    assert why(row, rules.worklists.lists["not_known"], TODAY) == f"What we knew lapsed after 31 August 2026; {said}"
    heard = answered_on(row, _ago(20), rules)
    assert (row.told, heard.told) == (told, _ago(20))
    assert why(heard, rules.worklists.lists["not_known"], TODAY).endswith("; last heard of 20 days ago")
    today = why(answered_on(row, TODAY, rules), rules.worklists.lists["not_known"], TODAY)
    assert today.endswith("; last heard of today")


BEFORE, PLANNED = Activity("220", _ago(300), _ago(60)), Activity("330", _ago(12))


@pytest.mark.parametrize(("what", "activities", "answered", "told", "said"), [
    ("what was confirmed before, then an answer, then the start", (BEFORE, PLANNED), _ago(20), _ago(20),
     "Was to start on 16 November 2026, not confirmed by anybody yet"),
    ("what was confirmed before", (BEFORE, PLANNED), None, _ago(60), "Was to start"),
    ("an answer on the day of the start", (PLANNED,), _ago(12), _ago(12), "Last heard of 12 days ago"),
    ("an answer before the start", (PLANNED,), _ago(13), _ago(13), "Was to start"),
    ("an answer on the day of joining", (), date(2025, 9, 1), date(2025, 9, 1), "Nothing has been recorded"),
    ("nothing at all", (), None, None, "Nothing has been recorded"),
    ("what was before, confirmed after the start", (replace(BEFORE, verified=_ago(5)), PLANNED), None, _ago(5),
     "Last heard of 5 days ago"),
    ("what is confirmed of a later start", (BEFORE, Activity("220", _ago(-9), _ago(5))), None, _ago(60),
     "Last heard of 60 days ago"),
])
def test_when_anybody_last_told_us_something_is_known_whatever_is_planned_since(rules, what, activities, answered, told, said):
    (row,) = rows([_person(*activities)], rules)
    row = answered_on(row, answered, rules) if answered else row
    assert row.told == told, what
    assert why(row, rules.worklists.lists["not_known"], TODAY).startswith(said), what


def test_whoever_is_not_tracked_stands_on_no_list(rules):
    (row,) = rows([_person(tracked=False)], rules)
    assert row.lists == ()


@pytest.mark.parametrize(("what", "ago", "lists"), [
    ("work counts as NEET since 10 days ago, and was last heard of 100 days ago", 10, {"neet_overdue"}),
    ("it counts so from today on", 0, {"neet_overdue"}), ("it counts so from tomorrow on", -1, set()),
])
def test_a_day_is_worked_out_by_what_is_said_of_it(rules, what, ago, lists):
    turns = Change(Place("330", _ago(ago), onward=True), {"group": "neet"})
    turned = rules._replace(codes=laid_over(rules.codes, [turns]).codes)
    (row,) = rows([_person(_activity("330", 100))], turned)
    assert set(row.lists) == lists, what
    assert row.neet_since == (_ago(ago) if lists else None)


def test_a_code_that_came_to_count_as_neet_is_no_leaving(rules):
    turns = Change(Place("250", _ago(10), onward=True), {"group": "neet", "family": "neet_available"})
    turned = rules._replace(codes=laid_over(rules.codes, [turns]).codes)
    stays, (row,) = _activity("250", 80, end=-90), rows([_person(_activity("250", 80, end=-90))], turned)
    assert (row.standing, row.left_on) == ("neet", None)
    (after,) = rows([_person(stays, _activity("619", 5))], turned)
    assert after.left_on is None


def test_an_answer_takes_somebody_off_the_overdue_and_not_off_the_not_known(rules):
    neet, lost = rows([_person(_activity("619", 200)), _person(_activity("810", 200), pk=2)], rules)
    assert answered_on(neet, _ago(90), rules).lists == ()
    assert answered_on(neet, _ago(91), rules).lists == ("neet_overdue",)
    assert answered_on(lost, TODAY, rules).lists == ("not_known",)


def test_an_answer_before_the_last_confirmation_changes_nothing(rules):
    (row,) = rows([_person(_activity("619", 300, verified=95))], rules)
    assert answered_on(row, _ago(200), rules).heard == _ago(95)


def test_likeness_is_the_share_of_people_alike_drawn_towards_everybodys(rules):
    alike = [_person(_activity("619" if pk < 10 else "220", 20), pk=pk, district="A") for pk in range(40)]
    others = [_person(_activity("220", 20), pk=pk, district="B") for pk in range(40, 100)]
    alone = _person(_activity("810", 20), pk=100, district="C")
    found = {district: chance for (_, _, district), chance in chances(rows([*alike, *others, alone], rules), 20).items()}
    whole = 10 / 100
    assert found == {"A": pytest.approx((10 + 20 * whole) / 60), "B": pytest.approx(20 * whole / 80), "C": pytest.approx(whole)}


@pytest.mark.parametrize(("written", "said"), [
    ('[[edition]]\nfrom = 2015-04-01\n[edition.list.other]\ntitle = "Other"', "the lists are"),
    ("[[edition]]\nfrom = 2015-04-01", "list"),
])
def test_rules_that_cannot_be_read_are_refused(tmp_path, settings, written, said):
    (path := tmp_path / "worklists.toml").write_text(written)
    with pytest.raises(RefusedFileError, match=said):
        load_worklists(path, load_cohort(settings.DEFINITIONS))
