"""The scorecard page: the figures command's values in print, and a word wherever there is none."""

import csv
import io
import json

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command

from tests.apps.performance.reading import close, headings, links, main, number, page_of, table, words
from throughline.analytics.measures.definition import Kind
from throughline.analytics.measures.load import load_measures

VALUE, CHANGE, ENGLAND, NEIGHBOURS, RANK, BAND, TREND = range(1, 8)
NEET, PHONICS = "Young people aged 16 and 17 who are NEET or not known", "Pupils who pass the phonics check in year 1"


def _rows(response) -> dict[str, list[str]]:
    """The rows of the scorecard by the measure's id."""
    rows = page_of(response).findall(".//table[@id='scorecard']/tbody/tr")
    with_measure = [row for row in rows if row.find(".//a") is not None]
    return {row.find(".//a").get("href").split("/")[4]: [words(cell) for cell in row] for row in with_measure}


def _figures(capsys, area, *switches) -> dict[str, dict]:
    """What the figures command says, by the measure's id."""
    call_command("figures", "all", "--area", area, "--format", "json", *switches)
    return {row["measure"]: row for row in json.loads(capsys.readouterr().out)}


def _typed(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("area", ["358", "821", "909", "942", "201", "981", "970"])
def test_every_row_prints_what_the_figures_command_gives(officer, capsys, area):
    shown, told = _rows(officer.get(f"/authorities/{area}/")), _figures(capsys, area)
    own = {id for id, figure in told.items() if figure["status"] == "not_collected"}
    assert own == {id for id, measure in load_measures(settings.DEFINITIONS).items() if measure.kind is not Kind.PUBLISHED}
    counted = {id for id, measure in load_measures(settings.DEFINITIONS).items() if measure.kind is Kind.REGISTER}
    assert set(shown) == set(told) - (counted if area == "358" else own), "entered only of one's own, counted where a register is"
    for id, row in shown.items():
        figure = told[id]
        assert close(row[VALUE], figure["value"], figure["decimals"]), id
        if id not in own:  # beside a figure of the authority's own stands what is published of the same thing, or nothing
            assert close(row[ENGLAND], figure["england"], figure["decimals"]), id
            assert close(row[NEIGHBOURS], figure["neighbours_mean"], figure["decimals"]), id
        assert row[RANK] == (f"{figure['rank']} of {figure['ranked']}" if figure["rank"] else "–"), id
        assert row[BAND][0] == (figure["quartile"] or "–"), id
        assert (figure["period"] or "no period") in row[0], id
        assert "" not in row[:TREND], id


@pytest.mark.parametrize("area", ["358", "909"])
def test_a_change_is_said_in_words(officer, capsys, area):
    told = _figures(capsys, area)
    for id, row in _rows(officer.get(f"/authorities/{area}/")).items():
        change, decimals = told[id]["change"], told[id]["decimals"]
        if change is None:
            assert row[CHANGE] == "no comparison", id
        elif abs(change) >= 10**-decimals:
            better = {"higher_is_better": change > 0, "lower_is_better": change < 0}.get(told[id]["polarity"])
            verdict = {True: ", better", False: ", worse", None: ""}[better]
            assert row[CHANGE].split()[:2] == (["▲", "up"] if change > 0 else ["▼", "down"]), id
            assert row[CHANGE].endswith(verdict) if verdict else "," not in row[CHANGE], id


def test_trafford_as_published(officer):
    """Read off the department's own tool."""
    row = _rows(officer.get("/authorities/358/"))["neet_or_not_known_16_17"]
    assert row[:BAND] == [f"{NEET} 2025, per cent, lower is better", "4.2%", "▲ up 0.3, worse", "5.6%", "4.9%", "53 of 153"]
    assert row[BAND] == "B second quarter"


def test_beside_neet_as_published_stands_the_most_that_it_could_be(officer):
    answer = officer.get("/authorities/358/")
    rows = {id: [column for column, cell in enumerate(row) if "at most" in cell] for id, row in _rows(answer).items()}
    assert {id: found for id, found in rows.items() if found} == {"neet_16_17": [VALUE, ENGLAND, NEIGHBOURS]}
    assert "NEET as published is the lower end" in main(answer)


def test_suppressed_and_missing_are_words_and_never_a_number(officer):
    shown = {area: _rows(officer.get(f"/authorities/{area}/")) for area in ("821", "390", "942")}
    for area, id, word in [
        ("821", "apprenticeships_16_17", "suppressed"),
        ("390", "neet_or_not_known_16_17_sen_support", "not applicable"),
        ("942", "level_3_by_19", "not available"),
    ]:
        row = shown[area][id]
        assert (row[VALUE], row[CHANGE], row[RANK], row[BAND]) == (word, "no comparison", "–", "–")


def test_the_reason_for_a_short_word_is_there_in_full(officer):
    marks = page_of(officer.get("/authorities/821/")).iter("abbr")
    assert "suppressed to protect individuals" in {mark.get("title") for mark in marks}


def test_provisional_figures_are_used_only_when_asked_for(officer):
    settled, newest = (_rows(officer.get(f"/authorities/358/{query}")) for query in ("", "?provisional=1"))
    assert settled["phonics_year_1"][:2] == [f"{PHONICS} 2024, per cent", "84.0%"]
    assert newest["phonics_year_1"][:2] == [f"{PHONICS} 2025, per cent", "84.0% provisional"]
    assert newest["phonics_year_1"][RANK] != settled["phonics_year_1"][RANK]
    assert {id for id in settled if settled[id] != newest[id]} == {"phonics_year_1"}


@pytest.mark.parametrize("spelling", ["2024", "2023/24", "202324", "2023-24", " 2024 "])
def test_a_period_may_be_spelt_in_many_ways(officer, capsys, spelling):
    row = _rows(officer.get("/authorities/358/", {"period": spelling}))["attainment_8"]
    assert close(row[VALUE], _figures(capsys, "358", "--period", "2024")["attainment_8"]["value"], 1)
    assert "2024" in row[0]


def test_a_period_with_no_figures_says_so_in_one_sentence_and_leads_to_the_latest(officer):
    page = main(officer.get("/authorities/358/?period=1987"))
    assert "Nothing is held of Trafford for 1987: its latest figures" in page
    assert "not published" not in page


def test_a_period_with_few_figures_says_of_the_others_that_there_are_none(officer):
    shown = _rows(officer.get("/authorities/358/?period=2024"))
    assert "not published" in {row[VALUE] for row in shown.values()}
    assert {number(row[VALUE]) for row in shown.values()} != {None}


@pytest.mark.parametrize("period", ["banana", "next year", "%00", "9" * 5000])
def test_a_period_that_cannot_be_read_is_answered_in_words(officer, period):
    answer = officer.get("/authorities/358/", {"period": period})
    assert answer.status_code == 400
    assert "is not a period we can read" in main(answer)
    assert "#period" in links(answer)
    box = page_of(answer).find(".//input[@id='period']")
    assert (box.get("value"), "govuk-input--error" in box.get("class")) == (period[:40], True)
    assert page_of(answer).find(".//title").text.startswith("Error: ")
    assert page_of(answer).find(".//table") is None
    assert officer.get("/authorities/358/scorecard.csv", {"period": period}).status_code == 400


def test_the_other_model_of_neighbours_changes_their_mean(officer, capsys):
    answer = officer.get("/authorities/358/?neighbours=2021")
    told = _figures(capsys, "358", "--neighbours", "2021")
    assert all(close(row[NEIGHBOURS], told[id]["neighbours_mean"], told[id]["decimals"]) for id, row in _rows(answer).items())
    assert "ten statistical neighbours of the 2021 model" in main(answer)
    assert _rows(answer)["neet_or_not_known_16_17"][NEIGHBOURS] == "4.2%"
    assert _rows(officer.get("/authorities/358/?neighbours=1999")) == _rows(officer.get("/authorities/358/"))


def test_choices_are_carried_to_the_measure_and_to_the_files(officer):
    followed = links(officer.get("/authorities/358/?period=2024&neighbours=2021&provisional=1"))
    carried = "?period=2024&neighbours=2021&provisional=1"
    assert f"/authorities/358/measures/attainment_8/{carried}" in followed
    assert f"/authorities/358/scorecard.csv{carried}" in followed


def test_an_abolished_authority_leads_to_those_that_followed(officer):
    answer = officer.get("/authorities/909/")
    assert "Cumbria was abolished on 1 April 2023" in main(answer)
    assert {"/authorities/942/", "/authorities/943/", "?period=2022"} <= set(links(answer))
    assert number(_rows(officer.get("/authorities/909/?period=2022"))["attainment_8"][VALUE]) > 40


@pytest.mark.parametrize("area", ["970", "981"])
def test_regions_and_england_are_not_ranked(officer, area):
    answer = officer.get(f"/authorities/{area}/")
    assert "regions and England are not ranked" in main(answer)
    assert {(row[RANK], row[BAND], row[NEIGHBOURS]) for row in _rows(answer).values()} == {("–", "–", "–")}


def test_the_table_has_a_heading_over_every_column_and_every_theme_once(officer):
    answer = officer.get("/authorities/358/")
    assert headings(answer, "scorecard") == ["Measure", "Value", "Change", "England", "Neighbours", "Rank", "Band", "Trend"]
    themes = [row[0] for row in table(answer, "scorecard") if len(row) == 1]
    assert themes[:2] == ["Participation and the September Guarantee", "Key stage 4"]
    assert len(themes) == len(set(themes)) > 7


@pytest.mark.parametrize("code", ["E08000009", "e08000009", "trafford", "TRAFFORD", "Trafford"])
def test_other_codes_and_names_lead_to_the_three_digits(officer, code):
    assert officer.get(f"/authorities/{code}/?period=2024").url == "/authorities/358/?period=2024"


def test_a_code_that_was_replaced_still_leads_there(officer):
    """Gateshead's until 2013 and since."""
    assert {officer.get(f"/authorities/{code}/").url for code in ("E08000020", "E08000037")} == {"/authorities/390/"}


@pytest.mark.parametrize(("typed", "meant"), [
    ("traford", "Trafford (358)"), ("35", "(35"), ("E08000010X", "Wigan (359)"), ("qqqqqq", "")])
def test_an_unknown_code_is_not_found_and_the_nearest_are_named(officer, typed, meant):
    for answer in (officer.get(f"/authorities/{typed}/"), officer.get("/authorities/", {"area": typed})):
        assert answer.status_code == 404
        assert f"No area has the code or name “{typed}”." in main(answer)
        assert ("Did you mean" in main(answer)) == bool(meant)
        assert meant in main(answer)
        assert page_of(answer).find(".//input[@id='area']").get("value") == typed
    assert officer.get(f"/authorities/{typed}/scorecard.csv").status_code == 404


def test_what_is_typed_is_shown_as_typed(officer):
    answer = officer.get("/authorities/", {"area": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.content.decode()
    assert "“<script>alert(1)</script>”" in main(answer)


def test_choosing_by_name_or_code_leads_to_the_scorecard(officer):
    led = {officer.get("/authorities/", {"area": typed}).url for typed in ("Trafford", " 358 ", "E08000009")}
    assert led == {"/authorities/358/"}


def test_every_authority_region_and_england_can_be_chosen_from_the_list(cast):
    found = [link for link in links(cast("employer", area="358").get("/authorities/")) if link.startswith("/authorities/")]
    assert len(set(found)) == 158 + 10 + 1  # London is shown as Inner and Outer London
    assert found[0] == "/authorities/358/"


def test_the_csv_is_the_table(officer, capsys):
    typed, told = _typed(officer.get("/authorities/358/scorecard.csv")), _figures(capsys, "358")
    assert [row["Measure id"] for row in typed] == [id for id in told if not id.endswith("_register")], "nobody's is counted"
    keys = {"Value": "value", "England": "england", "Rank": "rank", "Status": "status", "Period": "period",
            "Statistical neighbours, mean": "neighbours_mean", "Source": "source", "Quartile band": "quartile"}
    for row in typed:
        figure = told[row["Measure id"]]
        assert [row[heading] for heading in keys] == ["" if figure[key] is None else str(figure[key]) for key in keys.values()]


def test_the_workbook_is_the_table_with_its_notes(officer):
    book = openpyxl.load_workbook(io.BytesIO(officer.get("/authorities/358/scorecard.xlsx?period=2024").content))
    typed = _typed(officer.get("/authorities/358/scorecard.csv?period=2024"))
    heading, *rows = book["Figures"].iter_rows(values_only=True)
    assert list(heading) == list(typed[0])
    assert [["" if cell is None else str(cell) for cell in row] for row in rows] == [
        [_as_number(cell) for cell in row.values()] for row in typed
    ]
    notes = [row[0] for row in book["About these figures"].iter_rows(values_only=True) if row[0]]
    assert notes[0] == "Scorecard: Trafford"
    assert any("Open Government Licence" in note for note in notes)
    assert any("2025 model" in note for note in notes)


def _as_number(cell: str) -> str:
    """A CSV cell as openpyxl reads the same number: 84.0 is 84."""
    return cell.removesuffix(".0") if cell.replace(".", "").lstrip("-").isdigit() else cell
