"""Changing the register from its pages: adding, editing, judging, entering values; refused, stale and undone."""

import pytest

from tests.apps.indicators.files import lines_of
from tests.apps.performance.reading import facts, links, main, page_of, table
from tests.cast import make_user
from throughline.apps.indicators import actions
from throughline.apps.indicators.models import Indicator, IndicatorChange

TYPED = {"title": "Take-up of travel passes", "number": "KPI 1", "target_words": "at least 50% by September 2027",
         "unit": "percent", "follows": "", "polarity": "", "confidence": "", "counts": "people"}


@pytest.fixture
def by(db):
    return make_user("data_officer")


class TestAdding:
    """The form, with the meaning checked before it is saved."""

    def test_the_meaning_is_shown_back_and_nothing_is_saved(self, officer):
        response = officer.post("/indicators/add/", {**TYPED, "check": "1"})
        said = main(response)
        assert "At least 50%, by September 2027." in said
        assert "There is a problem" not in said
        assert page_of(response).find(".//textarea[@name='target_words']").text.strip() == TYPED["target_words"]
        assert not Indicator.objects.exists()

    def test_words_that_cannot_be_read_are_refused_politely_and_may_be_saved_all_the_same(self, officer):
        typed = {**TYPED, "target_words": "On target KS4/5 results"}
        said = main(officer.post("/indicators/add/", {**typed, "check": "1"}))
        assert "This cannot be read as a target." in said
        assert "You may still save it as it stands." in said
        officer.post("/indicators/add/", typed)
        assert Indicator.objects.get().target == {}

    def test_a_measure_is_offered_with_its_reason_and_taken_when_it_is_pressed(self, officer):
        typed = {**TYPED, "title": "Schools judged good or outstanding"}
        response = officer.post("/indicators/add/", {**typed, "check": "1"})
        assert "they share" in main(response)
        button = next(found for found in page_of(response).iter("button") if found.get("name") == "take")
        response = officer.post("/indicators/add/", {**typed, "take": button.get("value")})
        chosen = [option for option in page_of(response).iter("option") if "selected" in option.attrib]
        assert "schools_good_or_better||" in [option.get("value") for option in chosen]
        assert not Indicator.objects.exists()

    def test_it_is_saved_and_its_page_opened(self, officer):
        response = officer.post("/indicators/add/", TYPED, follow=True)
        made = Indicator.objects.get()
        assert "KPI 1 Take-up of travel passes was put in the register." in main(response)
        assert (made.number, made.unit, made.area, made.decimals) == ("KPI 1", "percent", "358", 1)
        assert made.polarity == "higher_is_better"

    def test_a_refused_form_keeps_what_was_typed(self, officer):
        response = officer.post("/indicators/add/", {**TYPED, "title": ""})
        assert "Enter indicator" in main(response)
        assert "#id_title" in links(response)
        assert not Indicator.objects.exists()


class TestEditing:
    """Amending with a reason, and two officers at once."""

    @pytest.fixture
    def made(self, registered):
        return registered("Take-up", target_words="at least 40%", unit="%", cohort="Boys")

    def _opened(self, client, made) -> dict[str, str]:
        form = page_of(client.get(f"/indicators/{made.pk}/edit/")).find(".//form[@class='app-form']")
        typed = {box.get("name"): (box.text or "").strip() for box in form.iter("textarea")}
        typed |= {box.get("name"): box.get("value", "") for box in form.iter("input") if box.get("name")}
        for select in form.iter("select"):
            typed[select.get("name")] = next((o.get("value", "") for o in select.iter("option") if "selected" in o.attrib), "")
        return typed

    def test_it_is_saved_with_its_reason(self, officer, made):
        typed = self._opened(officer, made) | {"target_words": "at least 45%", "reason": "The board agreed."}
        response = officer.post(f"/indicators/{made.pk}/edit/", typed, follow=True)
        assert "was saved" in main(response)
        assert "Amended" in main(response) and "The board agreed." in main(response)
        assert made.changes.first().before == {"target_words": "at least 40%"}

    def test_the_reason_is_asked_for(self, officer, made):
        typed = self._opened(officer, made) | {"target_words": "at least 45%"}
        assert "Answer “Why is it changed?”" in main(officer.post(f"/indicators/{made.pk}/edit/", typed))
        assert made.changes.count() == 1

    def test_a_stale_form_is_answered_with_both_texts_and_can_then_be_saved(self, officer, made):
        typed = self._opened(officer, made) | {"cohort": "Girls", "reason": "Mine"}
        actions.amend_indicator(by=make_user("strategy_lead"), indicator=made, reason="Theirs", cohort="Everybody")
        response = officer.post(f"/indicators/{made.pk}/edit/", typed)
        assert response.status_code == 409
        assert table(response, "differ") == [["Who it is about", "Everybody", "Girls"]]
        box = page_of(response).find(".//input[@name='cohort']")
        assert box.get("value") == "Girls", "nothing that was typed is lost"
        again = typed | {"seen": page_of(response).find(".//input[@name='seen']").get("value")}
        assert officer.post(f"/indicators/{made.pk}/edit/", again).status_code == 302
        made.refresh_from_db()
        assert made.cohort == "Girls"

    def test_a_suggestion_on_the_page_leads_to_the_form_with_the_measure_chosen(self, officer, registered):
        made = registered("Schools judged good or outstanding")
        [link] = [link for link in links(officer.get(f"/indicators/{made.pk}/")) if "follow=schools_good" in link]
        chosen = [o.get("value") for o in page_of(officer.get(link)).iter("option") if "selected" in o.attrib]
        assert "schools_good_or_better||" in chosen
        made.refresh_from_db()
        assert made.measure == ""

    def test_one_that_cannot_be_judged_offers_the_nearest_measure_where_it_says_what_would_help(self, officer, registered):
        """As a button where there is no doubt which, else as a way to those listed; not for what a person judges."""
        made = {name: registered(name, target_words=words) for name, words in {
            "Schools judged good or better": "at least 90%", "Level 3 by 19 of those who had free school meals": "at least 40%",
            "Good or better schools": "strategy published by September 2027"}.items()}

        def offered(one):
            found = list(page_of(officer.get(f"/indicators/{one.pk}/")).iter("a"))
            pressed = [a.get("href").split("?")[1] for a in found if a.get("role") == "button" and "follow=" in a.get("href")]
            return pressed or [a.get("href") for a in found if a.get("href") == "#suggested"]

        assert [offered(one) for one in made.values()] == [["follow=schools_good_or_better%7C%7C"], ["#suggested"], []]


def test_renumbering_merging_retiring_and_bringing_back(officer, registered):
    made, other = registered("Starts", number="KPI 10"), registered("All starts", number="KPI 12")
    one = f"/indicators/{made.pk}/"
    assert "Answer “Why?”" in main(officer.post(f"{one}number/", {"number": "KPI 11"}))
    officer.post(f"{one}number/", {"number": "KPI 11", "reason": "The refresh."})
    assert "Its number was KPI 10 until" in main(officer.get(one))
    said = main(officer.post(f"{one}merge/", {"into": other.pk, "reason": "Both count starts."}, follow=True))
    assert "Merged into KPI 12 All starts : Both count starts." in said.replace("starts:", "starts :")
    assert "It took in KPI 11 Starts" in main(officer.get(f"/indicators/{other.pk}/"))
    assert "is in use again" in main(officer.post(f"{one}restore/", follow=True))
    assert "Nothing was changed" in main(officer.post(f"{one}restore/", follow=True))
    said = main(officer.post(f"{one}retire/", {"reason": "No source."}, follow=True))
    assert "Retired: No source." in said and "Bring it back" in said
    kinds = [change.kind for change in IndicatorChange.objects.filter(indicator=made)]
    assert kinds == ["retired", "restored", "merged", "renumbered", "created"]
    rows = lines_of(officer.get(f"{one}download/history.csv"))
    assert [row["What was done"] for row in rows][:2] == ["Retired", "Brought back"]


def test_a_value_is_entered_corrected_withdrawn_and_restored(officer, registered):
    made = registered("Take-up", unit="%")
    one = f"/indicators/{made.pk}/"
    officer.post(f"{one}values/enter/", {"period": "2024/25", "value": "41.5", "status": "final", "england": "44"})
    [row] = table(officer.get(one), "values-table")
    assert row[:2] == ["2024/25", "41.5%"]
    assert table(officer.get(one), "over-time-table")[0][:2] == ["2024/25", "41.5%"]
    typed = {"period": "banana", "value": "1", "status": "final"}
    assert "“banana” is not a year" in main(officer.post(f"{one}values/enter/", typed))
    said = main(officer.post(f"{one}values/2024/25/withdraw/", follow=True))
    assert "was withdrawn" in said and "Restore this value" in said
    assert "was restored" in main(officer.post(f"{one}values/2024/25/restore/", follow=True))
    assert "Nothing was changed" in main(officer.post(f"{one}values/2024/25/restore/", follow=True))
    assert len(table(officer.get(f"{one}values/2024/25/"), "history")) == 3
    assert officer.get(f"{one}values/1999/").status_code == 404
    assert page_of(officer.get(f"{one}values/enter/?period=2024/25")).find(".//input[@name='england']").get("value") == "44.0"


def test_a_small_count_is_shown_to_those_who_enter_it_and_to_nobody_else(officer, cast, registered, by):
    made = registered("Take-up", unit="number")
    actions.enter_value(by=by, indicator=made, period="2024/25", value=4)
    assert table(officer.get(f"/indicators/{made.pk}/"), "values-table")[0][1] == "4"
    other = cast("councillor", area="358")
    page = page_of(other.get(f"/indicators/{made.pk}/"))
    assert page.find(".//table[@id='values-table']") is None
    assert table(other.get(f"/indicators/{made.pk}/"), "over-time-table")[0][1] == "suppressed"
    assert other.get(f"/indicators/{made.pk}/values/2024/25/").status_code == 403
    assert lines_of(other.get(f"/indicators/{made.pk}/download/over-time.csv"))[0]["Actual"] == ""


def test_a_person_judges_and_rates_from_the_page(officer, registered, valued):
    made = registered("Pathways", target_words="Pathways published by September 2026")
    typed = {"status": "met", "evidence": "On the site", "commentary": "Out on time."}
    assert "was kept, beside what the system proposed" in main(officer.post(f"/indicators/{made.pk}/judge/", typed, follow=True))
    page = officer.get(f"/indicators/{made.pk}/")
    assert facts(page)["Status"] == "Met"
    assert table(page, "judgements-table")[0][2] == "Met"
    figured = valued({"2024/25": 51.0}, target_words="at least 50%")
    form = page_of(officer.get(f"/indicators/{figured.pk}/judge/"))
    assert form.find(".//input[@name='status']") is None, "the figures settle it"
    assert "Say why the rating" in main(officer.post(f"/indicators/{figured.pk}/judge/", {"rag": "amber"}))
    officer.post(f"/indicators/{figured.pk}/judge/", {"rag": "amber", "reason": "The survey changed."})
    assert facts(officer.get(f"/indicators/{figured.pk}/"))["Rating"] == "Amber given by a person; green was proposed"


def test_the_year_by_year_table_is_typed_and_keeps_empty_cells_empty(officer, registered):
    made = registered("Take-up", unit="%", trajectory=[("2023", "40%"), ("2016", "1", "arrow")])
    typed = {"lines": "3", "reason": "As the annex prints it.", "period-0": "2023", "trajectory-0": "40%", "target-0": "42%",
             "note-0": "", "period-1": "2024", "trajectory-1": "", "target-1": "", "period-2": "", "target-2": ""}
    officer.post(f"/indicators/{made.pk}/trajectory/", typed)
    kept = list(made.trajectory.values_list("period", "kind", "printed", "value"))
    assert kept == [("2023", "trajectory", "40%", 40.0), ("2023", "target", "42%", 42.0), ("2024", "target", "", None),
                    ("2016", "arrow", "1", None)]
    rows = table(officer.get(f"/indicators/{made.pk}/"), "over-time-table")
    assert rows[-1][:4] == ["2024", "no figure", "–", "left empty"]
    refused = main(officer.post(f"/indicators/{made.pk}/trajectory/", {**typed, "period-0": ""}))
    assert "Every cell of a trajectory needs its year" in refused


def test_a_break_is_added_taken_back_and_put_back(officer, valued):
    made = valued({"2022/23": 40.0, "2023/24": 50.0})
    one = f"/indicators/{made.pk}/"
    officer.post(f"{one}breaks/", {"period": "2023/24", "reason": "Counted otherwise."})
    assert "Break in the series at 2023/24." in main(officer.get(one))
    assert "no comparison" in facts(officer.get(one))["Since the year before"]
    broken = made.breaks.get()
    assert "can be put back" in main(officer.post(f"{one}breaks/{broken.pk}/remove/", follow=True))
    assert facts(officer.get(one))["Since the year before"] == "▲ improved"
    assert "stands again" in main(officer.post(f"{one}breaks/{broken.pk}/restore/", follow=True))
