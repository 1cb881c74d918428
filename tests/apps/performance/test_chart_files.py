"""Every part of a measure's page as a file: it opens, and holds what the page shows."""

import csv
import io
from itertools import product
from threading import Thread
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.apps.performance.reading import number, table
from throughline.analytics.measures.areas import find_area
from throughline.apps.performance import figures as room
from throughline.apps.performance.asked import Asked
from throughline.apps.performance.measure_files import Drawn
from throughline.apps.performance.measure_page import measure_page

PAGE = "/authorities/358/measures/attainment_8/"
PARTS = ["trend", "authorities", "map", "gap-free_school_meals", "gap-disadvantage", "gap-send", "gap-ethnic_group",
         "gap-social_care"]


def _typed(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(("part", "kind"), list(product([*PARTS, "neighbours"], ["csv", "xlsx"])))
def test_every_table_is_a_file(officer, part, kind):
    answer = officer.get(f"{PAGE}download/{part}.{kind}")
    assert answer["Content-Disposition"] == f'attachment; filename="attainment_8-trafford-{part}.{kind}"'
    if kind == "csv":
        heading, *rows = _typed(answer)
    else:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        heading, *rows = book["Figures"].iter_rows(values_only=True)
        notes = [cell for (cell,) in book["About these figures"].iter_rows(values_only=True) if cell]
        assert notes[0] == "Attainment 8: average points across eight GCSE subjects: Trafford"
        assert any("Open Government Licence" in note for note in notes)
        assert any("Break in the series at 2022" in note for note in notes)
    assert len(rows) > 5
    assert {len(row) for row in rows} == {len(heading)}


@pytest.mark.parametrize("part", PARTS)
def test_every_chart_is_a_picture(officer, part):
    drawn = officer.get(f"{PAGE}download/{part}.svg")
    assert drawn["Content-Type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(drawn.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert "attachment" in drawn["Content-Disposition"]


@pytest.mark.parametrize("part", ["trend", "map"])
def test_every_chart_is_a_picture_for_slides(officer, part):
    answer = officer.get(f"{PAGE}download/{part}.png")
    assert answer["Content-Type"] == "image/png"
    assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_csv_of_the_trend_is_the_table_of_the_page(officer):
    heading, *rows = _typed(officer.get(f"{PAGE}download/trend.csv"))
    assert heading[2:6] == ["Trafford", "England", "North West", "Statistical neighbours (2025)"]
    for typed, shown in zip(rows, table(officer.get(PAGE), "trend-table"), strict=True):
        assert typed[0] == shown[0].split()[0]
        assert [float(cell) for cell in typed[2:6]] == pytest.approx([number(cell) for cell in shown[1:5]], abs=0.051)
        assert bool(typed[6]) == ("new series" in shown[0])


@pytest.mark.parametrize("part", ["authorities", "map"])
def test_the_csv_of_all_authorities_is_the_table_of_the_page(officer, part):
    _, *rows = _typed(officer.get(f"{PAGE}download/{part}.csv"))
    shown = table(officer.get(PAGE), "authorities-table")
    assert [(name, rank or "–", band or "–", fifth or "–") for name, _, _, _, rank, band, fifth in rows] == [
        (name, rank, band, fifth) for name, rank, _, band, fifth in shown]
    assert all(value == "" or abs(float(value) - number(printed[2])) < 0.051
               for (_, _, value, *_), printed in zip(rows, shown, strict=True))


def test_the_csv_of_neighbours_has_both_models(officer):
    _, *rows = _typed(officer.get(f"{PAGE}download/neighbours.csv"))
    for model in ("2025", "2021"):
        shown = table(officer.get(PAGE), f"neighbours-{model}")[:10]
        assert [row[2] for row in rows if row[0] == model] == [row[0] for row in shown]


def test_the_csv_of_a_gap_is_the_table_of_the_page(officer):
    _, *rows = _typed(officer.get(f"{PAGE}download/gap-send.csv"))
    shown = table(officer.get(PAGE), "gap-send-table")
    assert [f"{group}, {period}" for period, group, *_ in rows] == [row[0] for row in shown]
    assert [row[4] == "" for row in rows] == [number(row[3]) is None for row in shown]


def test_a_suppressed_figure_is_an_empty_cell_with_its_reason_beside_it(officer):
    rows = _typed(officer.get("/authorities/358/measures/apprenticeships_16_17/download/authorities.csv"))
    assert ["Luton", "821", "", "suppressed to protect individuals", "", "", ""] in rows


def test_the_period_and_the_model_chosen_are_those_of_the_file(officer):
    rows = _typed(officer.get(f"{PAGE}download/authorities.csv?period=2019"))
    others = _typed(officer.get(f"{PAGE}download/authorities.csv"))
    assert {row[0]: row[2] for row in rows} != {row[0]: row[2] for row in others}
    assert "Cumbria" in {row[0] for row in rows} - {row[0] for row in others}
    assert _typed(officer.get(f"{PAGE}download/trend.csv?neighbours=2021"))[0][5] == "Statistical neighbours (2021)"


@pytest.mark.parametrize("path", [
    "download/gap-shoe_size.csv", "download/gap-shoe_size.svg", "download/neighbours.svg", "download/neighbours.png",
    "gap-shoe_size.svg", "neighbours.svg", "download/trend.pdf", "download/everything.csv",
    "download/authorities.svg?period=1987",
])
def test_what_there_is_not_is_not_found(officer, path):
    assert officer.get(f"{PAGE}{path}").status_code == 404


def test_the_picture_in_the_page_is_not_a_download_and_may_be_kept_by_the_browser(officer):
    answer = officer.get(f"{PAGE}trend.svg")
    assert "Content-Disposition" not in answer
    assert "private" in answer["Cache-Control"]
    assert ElementTree.fromstring(answer.content).get("width")


def test_a_phone_is_given_a_narrower_picture(officer):
    for part in ("trend", "authorities", "map", "gap-send"):
        wide, narrow = (float(ElementTree.fromstring(officer.get(f"{PAGE}{part}.svg{query}").content).get("width"))
                        for query in ("", "?narrow=1"))
        assert narrow < wide, part
        assert narrow <= 420, part


def test_many_readers_of_one_new_chart_are_all_given_it(warehouse):
    measure = room.measures()["september_guarantee"]
    page = measure_page(warehouse, measure, find_area(warehouse, "358"), Asked())
    drawn, got = Drawn(), []
    readers = [Thread(target=lambda: got.append(drawn(warehouse, page, "trend", "svg"))) for _ in range(6)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(got) == 6
    assert len(set(got)) == 1
