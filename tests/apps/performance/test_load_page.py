"""Loading a release from the page: a good one takes the place of the one held, a bad one changes nothing."""

import gzip
import zipfile
from io import BytesIO

import pytest

from tests.apps.performance.reading import facts, main, page_of, table
from tests.apps.performance.releases import DICTIONARY, EES_META, csv_upload, store, upload
from throughline.apps.accounts.models import AuditEntry, Verb
from throughline.apps.performance import figures as room
from throughline.apps.performance import forms

TRAFFORD = "/authorities/358/measures/attainment_8/"
NEWER = [("AVG_Attain8_Score", "2025", "358", "61.2"), ("AVG_Attain8_Score", "2026", "358", "62.5"),
         ("AVG_Attain8_Score", "2026", "970", "47.1"), ("AVG_Attain8_Score", "2026", "202", "-")]
PLACES = ("time_period|time_identifier|geographic_level|country_code|country_name|region_code|region_name|"
          "old_la_code|new_la_code|la_name")
BARNSLEY = "201617|Academic year|Local authority|E92000001|England|E12000003|Yorkshire and The Humber|370|E08000016|Barnsley"


@pytest.fixture
def loader(cast, rebuilt, settings):
    """Upload files as a data officer; the answer, with whatever waits for the database done."""
    client = cast("data_officer", area="358")

    def load(dataset, file=None, second=None):
        with rebuilt() as waiting:
            typed = {"dataset": dataset, "release": "June 2026", "file": file, "second": second}
            answer = client.post("/load/", {name: value for name, value in typed.items() if value is not None})
        answer.rebuilds = len(waiting)
        return answer

    load.client, load.folder = client, settings.LOADED
    return load


def _store(rows=NEWER):
    return {"file": upload("store.parquet", store(rows)), "second": csv_upload("dictionary.csv", DICTIONARY)}


def _kept(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def _said() -> list[tuple]:
    entries = AuditEntry.objects.filter(verb__in=(Verb.LOADED, Verb.REMOVED)).order_by("id")
    return [(entry.verb, entry.subject_kind, entry.subject_id, entry.detail.get("rows")) for entry in entries]


def _refused(answer, loader, before=None) -> list[list[str]]:
    """The rows of what is wrong, once it is sure that nothing else happened."""
    assert answer.status_code == 422
    assert "Nothing was loaded" in main(answer)
    assert answer.rebuilds == 0
    assert _kept(loader.folder) == (before or {})
    assert facts(loader.client.get(TRAFFORD))["2025 (academic year 2024/25)"] == "57.9"
    return table(answer, "answers")


def test_a_good_release_takes_the_place_of_the_one_held(loader):
    answer = loader("lait", **_store())
    assert answer.status_code == 200
    assert "4 figures of Local Authority Interactive Tool were loaded, and every scorecard was rebuilt." in main(answer)
    assert answer.rebuilds == 1
    shown = loader.client.get(TRAFFORD)
    assert facts(shown)["2026 (academic year 2025/26)"] == "62.5"
    assert [row[:2] for row in table(shown, "trend-table")] == [["2025", "61.2"], ["2026", "62.5"]]
    assert _said() == [("loaded", "data set", "lait", [None, 4])]
    assert [row[0] for row in table(answer, "held")] == ["Local Authority Interactive Tool"]


def test_a_single_figure_is_said_in_the_singular(loader):
    answer = loader("lait", **_store(NEWER[:1]))
    assert "1 figure of Local Authority Interactive Tool was loaded" in main(answer)


def test_loading_it_again_changes_nothing(loader):
    loader("lait", **_store())
    kept, before = _kept(loader.folder), loader.client.get(TRAFFORD).content
    answer = loader("lait", **_store())
    assert "4 figures" in main(answer)
    assert _kept(loader.folder) == kept
    assert facts(loader.client.get(TRAFFORD))["2026 (academic year 2025/26)"] == "62.5"
    assert len(loader.client.get(TRAFFORD).content) == len(before)


def test_a_release_that_is_taken_away_gives_way_to_the_packaged_one(loader, rebuilt):
    loader("lait", **_store())
    with rebuilt():
        answer = loader.client.post("/load/lait/take-away/", follow=True)
    assert "the packaged figures count again" in main(answer)
    assert "Nothing: every figure is from the packaged set." in main(answer)
    assert facts(loader.client.get(TRAFFORD))["2025 (academic year 2024/25)"] == "57.9"
    assert _kept(loader.folder) == {}
    assert _said()[-1] == ("removed", "data set", "lait", [4, None])


@pytest.mark.parametrize("dataset", ["lait", "no_such_thing"])
def test_what_was_never_loaded_cannot_be_taken_away(loader, rebuilt, dataset):
    with rebuilt() as waiting:
        answer = loader.client.post(f"/load/{dataset}/take-away/", follow=True)
    assert "Nothing was changed: no such data set has been loaded" in main(answer)
    assert (waiting, _said()) == ([], [])


def test_lines_that_cannot_be_read_are_set_aside_and_said(loader):
    unreadable = [("AVG_Attain8_Score", "2026", "371", "about 40"), ("Shoe_Size", "2026", "358", "9")]
    answer = loader("lait", **_store([*NEWER, *unreadable]))
    assert answer.status_code == 200
    assert "4 figures" in main(answer)
    assert "2 lines were set aside, listed below." in main(answer)
    assert [(row[0], row[1], row[2]) for row in table(answer, "answers")] == [
        ("store.parquet, line 5", "Values", "about 40"), ("store.parquet, line 6", "Short Desc", "Shoe_Size")]


def test_a_refused_release_leaves_an_earlier_one_alone(loader):
    loader("lait", **_store())
    kept = _kept(loader.folder)
    answer = loader("lait", upload("store.parquet", b"not a store"), csv_upload("dictionary.csv", DICTIONARY))
    assert answer.status_code == 422
    assert _kept(loader.folder) == kept
    assert facts(loader.client.get(TRAFFORD))["2026 (academic year 2025/26)"] == "62.5"


def test_the_same_figure_twice_refuses_the_file(loader):
    rows = _refused(loader("lait", **_store([*NEWER, NEWER[0]])), loader)
    assert "is printed more than once; keep one row" in rows[0][3]


@pytest.mark.parametrize("lines", [
    [("Shoe_Size", "2026", "358", "9")],
    [("AVG_Attain8_Score", "2026", "358", "many")],
    [("AVG_Attain8_Score", "2026", "358", "many"), ("Shoe_Size", "2026", "358", "9"), ("AVG_Attain8_Score", "2026", "111", "9")],
])
def test_a_file_without_one_figure_never_takes_the_place_of_what_is_held(loader, lines):
    rows = _refused(loader("lait", **_store(lines)), loader)
    assert "no line of it is a figure of Local Authority Interactive Tool" in rows[0][3]
    assert len(rows) == 1 + len(lines), "and the lines are answered one by one"


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe binary " * 50, b"a,b,c\n1,2,3\n", b"PAR1" + b"x" * 100 + b"PAR1",
                                     gzip.compress(b"a file", mtime=0), "é".encode("cp1252") * 9])
@pytest.mark.parametrize("dataset", ["lait", "absence_by_term_2017", "neet_scorecard_2025", "ofsted_outcomes_2018"])
def test_a_file_that_is_nothing_of_the_kind_is_refused_in_words(loader, dataset, content):
    answer = loader(dataset, upload("some file.csv", content or b" "), csv_upload("dictionary.csv", DICTIONARY))
    rows = _refused(answer, loader)
    assert rows
    assert all(row[0] and row[3] for row in rows)


def test_an_empty_file_is_refused_by_the_form(loader):
    answer = loader("lait", upload("store.parquet", b""), csv_upload("dictionary.csv", DICTIONARY))
    assert "The submitted file is empty" in main(answer)
    assert (answer.status_code, answer.rebuilds, _kept(loader.folder)) == (200, 0, {})


def test_a_file_that_is_too_large_is_refused_by_the_form(loader, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST", 1000)
    answer = loader("lait", upload("store.parquet", b"x" * 1001), csv_upload("dictionary.csv", DICTIONARY))
    assert "use throughline load-figures for more" in main(answer)
    assert (answer.rebuilds, _kept(loader.folder)) == (0, {})


def test_nothing_chosen_is_answered_box_by_box(loader):
    said = main(loader(""))
    assert "Choose a data set" in said
    assert "Choose the data file" in said
    assert _kept(loader.folder) == {}


def test_no_data_set_is_chosen_to_begin_with(loader):
    first = page_of(loader.client.get("/load/")).find(".//select[@id='id_dataset']/option")
    assert (first.get("value"), first.text) == ("", "Choose a data set")


def test_only_what_can_be_loaded_by_itself_is_offered(loader):
    offered = {option.get("value") for option in page_of(loader.client.get("/load/")).find(".//select[@id='id_dataset']")}
    assert {"lait", "neet_scorecard_2025", "ofsted_outcomes_2018", "gias"} <= offered
    assert not {"lait_dictionary", "statistical_neighbours_2025"} & offered


def test_a_data_set_in_two_files_needs_both(loader):
    rows = _refused(loader("lait", upload("store.parquet", store(NEWER))), loader)
    assert "needs its data dictionary (.csv)" in rows[0][3]


def test_the_wrong_data_set_is_refused(loader):
    rows = _refused(loader("neet_scorecard_2025", **_store()), loader)
    assert rows[0][0].startswith("store.parquet")


@pytest.mark.parametrize("name", ["the store (final), août.parquet", "store", "a'b.parquet", "x" * 200 + ".parquet"])
def test_a_file_may_be_called_anything(loader, name):
    files = {**_store(), "file": upload(name, store(NEWER))}
    assert "4 figures" in main(loader("lait", **files))


def test_two_files_of_one_name_are_kept_apart(loader):
    files = {"file": upload("download", store(NEWER)), "second": csv_upload("download", DICTIONARY)}
    assert "4 figures" in main(loader("lait", **files))


def test_an_explore_education_statistics_zip(loader):
    packed = BytesIO()
    data = f"{PLACES}|pupils\n{BARNSLEY}|2500"
    with zipfile.ZipFile(packed, "w") as into:
        for name, content in (("absence.csv", data), ("absence.meta.csv", EES_META + "pupils|Indicator|Pupils|||||")):
            into.writestr(name, "\n".join(line.replace("|", ",") for line in content.splitlines()))
    answer = loader("absence_by_term_2017", upload("absence.zip", packed.getvalue()))
    assert "1 figure of Pupil absence by term" in main(answer)


def test_every_file_the_publisher_itself_refuses_is_refused_here(loader, sources):
    for data in sorted((sources / "ees/bad_files").glob("*_in_data_file.csv")):
        meta = data.with_suffix(".meta.csv")
        answer = loader("absence_by_term_2017", upload(data.name, data.read_bytes()), upload(meta.name, meta.read_bytes()))
        rows = _refused(answer, loader)
        assert all(row[0].startswith(data.name) for row in rows), data.name
    assert _said() == []


def test_the_figures_loaded_are_those_of_the_warehouse(loader):
    loader("lait", **_store())
    held = room.warehouse().rows("SELECT area, value, status FROM published_figure WHERE dataset = 'lait' ORDER BY ALL")
    assert [(row["area"], row["value"], row["status"]) for row in held] == [
        ("202", None, "not_available"), ("358", 61.2, "final"), ("358", 62.5, "final"), ("970", 47.1, "final")]
