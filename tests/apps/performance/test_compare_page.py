"""Up to four authorities side by side, the best of them marked only where they can be told apart."""

import csv
import io

import pytest

from tests.apps.performance.reading import headings, links, main, page_of, table, words

STAR = "★ best of these"


def _compare(client, *areas, **choices):
    return client.get("/compare/", {"area": areas, **choices})


def _row(response, title) -> list[str]:
    return next(row for row in table(response, "comparison") if row[0].startswith(title))


def _boxes(response) -> list[str]:
    return [box.get("value") for box in page_of(response).iter("input") if box.get("name") == "area"]


def test_it_begins_with_four_empty_boxes_and_what_to_do(officer):
    answer = _compare(officer)
    assert _boxes(answer) == ["", "", "", ""]
    assert "Type two or more names above" in main(answer)
    assert answer.status_code == 200


def test_codes_and_names_are_taken_and_shown_as_names(officer):
    answer = _compare(officer, "358", "E09000007", "durham", "")
    assert headings(answer, "comparison") == ["Measure", "Trafford", "Camden", "Durham", "England"]
    assert _boxes(answer) == ["Trafford", "Camden", "Durham", ""]


def test_values_are_those_of_each_scorecard(officer):
    compared = _row(_compare(officer, "358", "202"), "Attainment 8: average")
    assert [cell.split()[0] for cell in compared[-3:]] == ["57.9", "46.9", "46.0"]
    assert "3 of 152" in compared[1]


def test_an_authority_asked_for_twice_is_shown_once(officer):
    assert headings(_compare(officer, "358", "Trafford", "202"), "comparison") == ["Measure", "Trafford", "Camden", "England"]


def test_a_fifth_is_left_out_and_said(officer):
    answer = _compare(officer, "358", "202", "840", "384", "909")
    assert answer.status_code == 400
    assert "Choose up to 4 authorities; those after the first 4 are left out" in main(answer)
    assert headings(answer, "comparison") == ["Measure", "Trafford", "Camden", "Durham", "Wakefield", "England"]


def test_an_unknown_name_is_answered_with_the_nearest_and_stays_in_its_box(officer):
    answer = _compare(officer, "Traford", "202")
    assert answer.status_code == 400
    assert "No area has the code or name “Traford”. Did you mean Trafford (358)" in main(answer)
    assert headings(answer, "comparison") == ["Measure", "Camden", "England"]
    assert _boxes(answer) == ["Traford", "Camden", "", ""]


def test_each_problem_leads_to_the_box_at_fault(officer):
    answer = _compare(officer, "358", "Traford", period="banana")
    assert [link for link in links(answer) if link.startswith("#")] == ["#area-2", "#period"]
    page = page_of(answer)
    assert page.find(".//input[@id='area-2']").get("value") == "Traford"
    at_fault = [box.get("id") for box in page.iter("input") if "govuk-input--error" in box.get("class", "")]
    assert at_fault == ["area-2", "period"]
    for id in at_fault:
        described = page.find(f".//input[@id='{id}']").get("aria-describedby").split()
        assert "Error:" in words(page.find(f".//p[@id='{described[-1]}']"))


def test_a_period_that_cannot_be_read_is_answered(officer):
    answer = _compare(officer, "358", "202", period="banana")
    assert (answer.status_code, "is not a period we can read" in main(answer)) == (400, True)
    assert page_of(answer).find(".//table") is None


@pytest.mark.parametrize(("title", "best"), [
    ("Attainment 8: average", "57.9"),  # higher is better
    ("Young people aged 16 and 17 who are NEET or not known", "2.9%"),  # lower is better
])
def test_the_best_is_marked_by_the_measures_own_direction(officer, title, best):
    row = _row(_compare(officer, "358", "202"), title)
    assert [cell.split()[0] for cell in row if STAR in cell] == [best]


def test_no_best_is_marked_where_neither_direction_is_better(officer):
    row = _row(_compare(officer, "358", "202"), "Pupils with an EHC plan 2025")
    assert [cell for cell in row if STAR in cell] == []


def test_no_best_is_marked_of_one_or_of_equals(officer):
    alone = words(page_of(_compare(officer, "358")).find(".//table"))
    assert STAR not in alone
    level = _row(_compare(officer, "358", "202"), "Pupils who pass the phonics check")
    assert [cell.split()[0] for cell in level[1:]] == ["84.0%", "84.0%", "80.0%"]
    assert [cell for cell in level if STAR in cell] == []


def test_equals_at_the_top_are_both_marked(officer):
    row = _row(_compare(officer, "358", "202", "970"), "Pupils who pass the phonics check")
    assert [STAR in cell for cell in row] == [False, True, True, False, False]


def test_a_missing_figure_is_a_word_and_never_the_best(officer):
    row = _row(_compare(officer, "821", "358"), "Young people aged 16 and 17 in an apprenticeship")
    assert row[1] == "suppressed"
    assert STAR not in " ".join(row), "one figure alone is not the best of anything"


def test_the_csv_is_one_line_a_measure_and_area(officer):
    answer = _compare(officer, "358", "202", period="2024")
    address = next(link for link in links(answer) if "comparison.csv" in link)
    typed = list(csv.DictReader(io.StringIO(officer.get(address).content.decode("utf-8-sig"))))
    assert {row["Area"] for row in typed} == {"Trafford", "Camden"}
    assert len(typed) == 2 * len([row for row in table(answer, "comparison") if len(row) > 1])
    held = {(row["Measure id"], row["Area"]): row for row in typed}
    assert held["attainment_8", "Camden"]["Period"] == "2024"


def test_a_file_of_an_unreadable_period_or_of_nothing(officer):
    assert officer.get("/compare/comparison.csv", {"area": "358", "period": "banana"}).status_code == 400
    assert len(officer.get("/compare/comparison.csv").content.decode("utf-8-sig").splitlines()) == 1
