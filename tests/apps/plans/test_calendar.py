"""The planning cycle: a year by months, dates kept and brought back, and next year's made from this year's."""

from datetime import date

import pytest
from django.urls import reverse

from tests.apps.plans.going import a_party, a_plan, day_boxes
from throughline.apps.accounts.models import AuditEntry
from throughline.apps.organisations.actions.amending import RefusedError
from throughline.apps.plans import cycle
from throughline.apps.plans.actions.calendar import add_entry
from throughline.apps.plans.models import CalendarEntry
from throughline.core.problems import RefusedFileError

pytestmark = pytest.mark.django_db
YEAR = cycle.Year(2026)


def _entry(title="Enrolment", starts=date(2026, 9, 3), recurrence="", area="358", **words):
    return CalendarEntry.objects.create(
        area=area, title=title, kind="Enrolment", starts_on=starts, recurrence=recurrence, **words)


@pytest.mark.parametrize(
    ("day", "label"),
    [(date(2026, 8, 31), "2025/26"), (date(2026, 9, 1), "2026/27"), (date(2027, 8, 31), "2026/27"),
     (date(1999, 10, 1), "1999/00")],
)
def test_the_academic_year_of_a_day(day, label):
    assert cycle.year_of(day).label == label


def test_a_year_runs_from_september_to_august_and_has_only_its_own_dates():
    _entry("Before", date(2026, 8, 31))
    _entry("First", date(2026, 9, 1))
    _entry("Last", date(2027, 8, 31))
    _entry("After", date(2027, 9, 1))
    _entry("Theirs", date(2026, 9, 1), area="909")
    gone = _entry("Of a plan taken out", plan=a_plan()).plan
    gone.removed_at = "2026-01-01T00:00Z"
    gone.save()
    found = cycle.by_month(cycle.occurrences(cycle.entries_of("358", YEAR), YEAR), YEAR)
    assert [(name, [each.entry.title for each in rows]) for _, name, rows in found if rows] == [
        ("September 2026", ["First"]), ("August 2027", ["Last"])]
    assert [key for key, _, _ in found][:5] == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]


def test_what_comes_every_month_stands_in_each_month_to_the_end_of_the_year():
    entry = _entry("Return", date(2027, 1, 31), "monthly")
    assert [each.starts_on for each in cycle.occurrences([entry], YEAR)] == [
        date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31), date(2027, 6, 30),
        date(2027, 7, 31), date(2027, 8, 31)]


def test_what_runs_over_the_end_of_august_stands_in_both_years(cast):
    _entry("Results & clearing", date(2026, 8, 13), ends_on=date(2026, 9, 11))
    _entry("Ends before", date(2026, 8, 1), ends_on=date(2026, 8, 31))
    _entry("Reviews", date(2026, 6, 20), "monthly", ends_on=date(2026, 7, 5))
    _entry("Two years", date(2024, 10, 1), ends_on=date(2026, 10, 2))
    titles = {
        begins: [each.entry.title for each in cycle.occurrences(cycle.standing_in("358", year), year)]
        for begins in (2023, 2024, 2025, 2026, 2027) if (year := cycle.Year(begins))}
    assert titles == {
        2023: [], 2024: ["Two years"],
        2025: ["Two years", "Reviews", "Reviews", "Ends before", "Results & clearing", "Reviews"],
        2026: ["Two years", "Results & clearing", "Reviews"], 2027: []}
    assert [year.begins for year in cycle.years_with_entries("358")] == [2024, 2025, 2026]
    found = cycle.by_month(cycle.occurrences(cycle.standing_in("358", YEAR), YEAR), YEAR)
    assert [(name, len(rows)) for _, name, rows in found if rows] == [("September 2026", 3)]
    reader = cast("inspector")
    for begins in (2025, 2026):
        assert "Results &amp; clearing" in reader.get(reverse("plans:calendar") + f"?year={begins}").content.decode()
    assert "13 August 2026 to 11 September 2026" in reader.get(reverse("plans:calendar") + "?year=2026").content.decode()
    assert "Results &amp; clearing" in reader.get(reverse("plans:month", args=["2026-09"])).content.decode()
    assert b"Results & clearing" in reader.get(reverse("plans:calendar_download", args=["csv"]) + "?year=2026").content


TERMS = """[[edition]]
from = 2000-09-01
term = [{begins = "09-01", half = "11-01"}, {begins = "01-04", half = "02-20"}, {begins = "04-16", half = "06-01"}]
[[edition]]
from = 2027-09-01
term = [{begins = "09-06", half = "11-01"}, {begins = "01-05", half = "02-21"}, {begins = "04-24", half = "06-05"}]
"""


@pytest.fixture
def our_terms(settings, tmp_path):
    """Terms of the tests' own, with later dates from 2027, beside the rules of the cycle."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "terms.toml").write_text(TERMS)
    (tmp_path / "rules" / "planning_cycle.toml").write_text('kinds = ["Other"]\nfirst_month = 9\n')
    settings.DEFINITIONS = tmp_path
    return tmp_path / "rules" / "terms.toml"


@pytest.mark.parametrize(("starts", "recurrence", "days"), [
    # A Tuesday of the first week; that of the summer term, begun on a Friday, has none, so it is the week after.
    ("2026-09-01", "termly", ["2026-09-01", "2027-01-05", "2027-04-20"]),
    ("2026-09-18", "termly", ["2026-09-18", "2027-01-22", "2027-04-30"]),       # Friday of the third week
    ("2027-01-22", "termly", ["2027-01-22", "2027-04-30"]),                     # never before its first
    ("2026-12-18", "termly", ["2026-12-18", "2027-04-09", "2027-07-30"]),       # week 16; spring is too short: its last Friday
    ("2026-09-18", "half-termly",
     ["2026-09-18", "2026-11-13", "2027-01-22", "2027-03-05", "2027-04-30", "2027-06-18"]),
    ("2027-09-10", "termly", ["2027-09-10", "2028-01-07", "2028-04-28"]),       # the edition from 2027 on
    ("2027-08-02", "half-termly", ["2027-08-02"]),                              # in the holidays: no later term
])
def test_what_comes_every_term_stands_in_each_by_the_dated_rules(our_terms, starts, recurrence, days):
    entry = _entry("Board report", date.fromisoformat(starts), recurrence)
    year = cycle.year_of(entry.starts_on)
    found = cycle.occurrences([entry], year)
    assert [each.starts_on.isoformat() for each in found] == days
    assert [each.again for each in found] == [False] + [True] * (len(days) - 1)


@pytest.mark.parametrize("wrong", ["", "[[edition]]\nfrom = 2000-09-01\nterm = []\n", TERMS.replace("02-20", "02-30"),
                                   TERMS.replace("02-20", "12-20")])
def test_terms_that_are_wrong_are_refused(our_terms, wrong):
    our_terms.write_text(wrong)
    with pytest.raises(RefusedFileError, match=r"rules/terms.toml"):
        cycle.days_of(_entry("Board report", recurrence="termly"))


def test_a_month_is_whole_weeks_with_what_falls_on_each_day():
    entry = _entry(starts=date(2026, 9, 29), ends_on=date(2026, 10, 1))
    found = cycle.occurrences([entry], YEAR)
    september, october = (cycle.weeks(date(2026, month, 1), found) for month in (9, 10))
    assert {len(week) for week in september} == {7}
    assert [day for week in september for day, there in week if there] == [date(2026, 9, 29), date(2026, 9, 30)]
    assert [day for week in october for day, there in week if there] == [date(2026, 10, 1)]


def _typed(**words):
    return {"title": "Prospectus goes live", "kind": "Prospectus", "recurrence": "yearly", "note": "",
            **day_boxes("starts_on", date(2026, 10, 1)), **words}


def test_a_date_is_added_changed_taken_away_and_brought_back(lead):
    party = a_party("Anna’s <b>post</b>")
    lead.post(reverse("plans:add_entry"), _typed(owner=party.pk, **day_boxes("ends_on", date(2026, 10, 9))))
    entry = CalendarEntry.objects.get()
    assert (entry.area, entry.kind, entry.recurrence, entry.ends_on) == ("358", "Prospectus", "yearly", date(2026, 10, 9))
    page = reverse("plans:calendar") + "?year=2026"
    assert "Anna’s &lt;b&gt;post&lt;/b&gt;" in lead.get(page).content.decode()
    form = lead.get(reverse("plans:change_entry", args=[entry.pk])).content.decode()
    version = form.split('name="version" value="')[1].split('"')[0]
    lead.post(reverse("plans:change_entry", args=[entry.pk]), _typed(title="Open evening", version=version))
    entry.refresh_from_db()
    assert (entry.title, entry.owner, entry.ends_on) == ("Open evening", None, None)
    stale = lead.post(reverse("plans:change_entry", args=[entry.pk]), _typed(title="Mine", version=version)).content.decode()
    assert "Typed by you" in stale
    lead.post(reverse("plans:turn_entry", args=[entry.pk, "remove"]))
    assert "There is no date in 2026/27 yet" in lead.get(page).content.decode()
    lead.post(reverse("plans:turn_entry", args=[entry.pk, "restore"]))
    assert "Open evening" in lead.get(page).content.decode()
    assert AuditEntry.objects.filter(subject_kind="calendar entry").exclude(verb="looked").count() == 4


@pytest.mark.parametrize(
    ("words", "sentence"),
    [({"title": ""}, "Say what the date is"), ({"kind": "Party"}, "Select a valid choice"),
     (day_boxes("ends_on", date(2026, 9, 30)), "must not be before the first"), ({"starts_on_day": ""}, "must be a real day")],
)
def test_what_is_refused(lead, words, sentence):
    assert sentence in lead.post(reverse("plans:add_entry"), _typed(**words)).content.decode()
    assert not CalendarEntry.objects.exists()


def test_the_action_itself_refuses_what_is_another_authoritys(by):
    with pytest.raises(RefusedError, match="your own authority"):
        add_entry(by=by, area="358", title="Mine", starts_on=date(2026, 9, 1), owner=a_party("Theirs", area="909"))


def test_another_authoritys_owner_plan_and_date_cannot_be_named(lead):
    for words in ({"owner": a_party("Theirs", area="909").pk}, {"plan": a_plan(area="909").pk}):
        assert "Select a valid choice" in lead.post(reverse("plans:add_entry"), _typed(**words)).content.decode()
    theirs = _entry(area="909")
    assert lead.get(reverse("plans:change_entry", args=[theirs.pk])).status_code == 404
    assert lead.post(reverse("plans:turn_entry", args=[theirs.pk, "remove"])).status_code == 404


@pytest.mark.parametrize("role", ["inspector", "provider_staff"])
def test_a_reader_sees_and_downloads_the_cycle_and_changes_nothing(cast, role):
    entry = _entry("School’s <i>return</i>")
    client = cast(role)
    words = client.get(reverse("plans:calendar") + "?year=2026").content.decode()
    assert "School’s &lt;i&gt;return&lt;/i&gt;" in words
    assert "Add a date" not in words
    assert "School’s &lt;i&gt;return&lt;/i&gt;" in client.get(reverse("plans:month", args=["2026-09"])).content.decode()
    rows = client.get(reverse("plans:calendar_download", args=["csv"]) + "?year=2026").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("School’s <i>return</i>,Enrolment,2026-09-03,")
    for address in (reverse("plans:add_entry"), reverse("plans:copy_cycle"), reverse("plans:change_entry", args=[entry.pk])):
        assert client.get(address).status_code == 403
    assert client.post(reverse("plans:turn_entry", args=[entry.pk, "remove"])).status_code == 403


@pytest.mark.parametrize(("when", "status"), [("2026-09", 200), ("2026-13", 404), ("2026-00", 404), ("0001-01", 404)])
def test_a_month_that_is_none_is_not_there(cast, when, status):
    assert cast("inspector").get(f"/calendar/month/{when}/").status_code == status


def test_next_year_is_made_of_what_comes_again_and_can_be_undone(lead):
    _entry("Once")
    yearly = _entry("Yearly", date(2027, 2, 28), "yearly", note="Bring the figures")
    termly = _entry("Termly", recurrence="termly", ends_on=date(2026, 9, 5))
    there = _entry("There already", recurrence="yearly")
    _entry("there ALREADY", date(2027, 9, 9), "yearly")
    words = lead.get(reverse("plans:copy_cycle") + "?year=2026").content.decode()
    assert "Sunday 28 February 2027" in words
    assert "Monday 28 February 2028" in words
    assert "is there already" in words
    assert f'id="entry-{there.pk}">' in words
    assert f'id="entry-{yearly.pk}" checked>' in words
    lead.post(reverse("plans:copy_cycle") + "?year=2026", {"entry": [yearly.pk, termly.pk]})
    made = cycle.entries_of("358", cycle.Year(2027)).exclude(title="there ALREADY")
    assert [(each.title, each.starts_on, each.ends_on, each.recurrence, each.note) for each in made] == [
        ("Termly", date(2027, 9, 3), date(2027, 9, 5), "termly", ""),
        ("Yearly", date(2028, 2, 28), None, "yearly", "Bring the figures")]
    assert "You have just copied 2 dates" in lead.get(reverse("plans:calendar") + "?year=2027").content.decode()
    assert "just copied" not in lead.get(reverse("plans:calendar") + "?year=2026").content.decode()
    lead.post(reverse("plans:undo_copy"))
    assert [each.title for each in cycle.entries_of("358", cycle.Year(2027))] == ["there ALREADY"]


def test_copying_nothing_is_refused(lead):
    _entry("Yearly", recurrence="yearly")
    assert "Tick at least one date" in lead.post(reverse("plans:copy_cycle") + "?year=2026", {}).content.decode()


def test_rules_that_are_wrong_are_refused(settings, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "planning_cycle.toml").write_text("kinds = []\nfirst_month = 13\n")
    settings.DEFINITIONS = tmp_path
    with pytest.raises(RefusedFileError, match="13 is no month"):
        cycle.cycle_rules()
