"""Whatever bytes a loader is given, it reads them or refuses them in words; it never fails in any other way."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.analytics.formats.conftest import AREA_OF
from tests.analytics.formats.test_areas import CODE_LIST, CODESET, DISTRICTS, FIGURES, LOOKUP, UPPER_TIER
from tests.analytics.formats.test_ofsted_outcomes import AREAS, SCHOOLS
from tests.analytics.formats.written import as_csv, csv_of, workbook_of
from throughline.analytics.formats import areas, ees, neet_scorecard, neighbours, ofsted_outcomes, schools
from throughline.core.problems import RefusedFileError

META = (b"col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column\n"
        b"pupils,Indicator,Pupils,,,,,\nsex,Filter,Sex,,,,,\n")
PLACES = (b"time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
          b"new_la_code,la_name,")
ENGLAND = b"202425,Academic year,National,E92000001,England,,,,,,"
YORKSHIRE = b"202425,Academic year,Regional,E92000001,England,E12000003,Y,,,,"
DATA = PLACES + b"sex,pupils\n" + ENGLAND + b"Total,1\n" + YORKSHIRE + b"Girls,c\n"
CARE_LEAVERS = (PLACES + b"care_leaver_age,breakdown,care_leaver_count,care_leaver_percent\n" + ENGLAND + b"All,Total,9,k\n"
                + YORKSHIRE + b"17 to 18 years,In training,4,2\n")
SCORECARD = (PLACES + b"Age,NEET_not_known_percent,NEET_percent,Notknown_percent,"
             b"TOTAL_participating_in_education_and_training_percent,September_guarantee_Offer_made_percent\n"
             + ENGLAND + b"16-17,5.6,3.4,2.2,92,c\n" + YORKSHIRE + b"16-17,6,4,2,91,z\n")
NEIGHBOURS = (
    "LA number," + ",".join(f"SN{n},SNP" for n in range(1, 11)) + "\n1," + ",".join(f"{n},Close" for n in range(2, 12)) + "\n"
).encode()
REGISTER = (b"URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),"
            b"PhaseOfEducation (name),OpenDate,StatutoryLowAge,Postcode\n"
            b"100053,202,4196,Camden High,Academy converter,Open,Secondary,01-09-2012,11,NW1 7JL\n")
INSPECTIONS = b"URN,Rating,Inspection Date\n100001,Good,20180101\n100002,Inadequate,20180102\n"
SOUND = {
    "ees data": DATA, "ees meta": META, "ees alone": CARE_LEAVERS, "neet_scorecard": SCORECARD, "neighbours": NEIGHBOURS,
    "schools": REGISTER, "ofsted_outcomes": INSPECTIONS, "areas codeset": CODESET.encode(),
    "areas districts": as_csv(DISTRICTS), "areas upper_tier": as_csv(UPPER_TIER), "areas lookup": as_csv(LOOKUP),
    "areas figures": as_csv(FIGURES),
}
AREAS_KNOWN = AREA_OF | {str(n): str(n) for n in range(1, 12)}
WORDS = [b",", b"\n", b'"', b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"202425", b"Academic year", b"National", b"Total", b"1e999",
         b"NULL", b"E92000001", b"370", b"pupils", b"nan", b"-", b"\xc2\xb2", b"PK\x03\x04", "٣".encode()]


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A sound file with a few pieces cut out, put in or doubled; or just any bytes."""
    content = draw(st.sampled_from([*SOUND.values(), b""]))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 40)))
        piece = draw(st.one_of(st.sampled_from(WORDS), st.binary(max_size=20), st.just(content[start:end] * 2)))
        content = content[:start] + piece + content[end:]
    return draw(st.one_of(st.just(content), st.binary(max_size=300))) if draw(st.booleans()) else content


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("_dot_", "."), content)
    return held.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    held, book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def loaders(tmp_path_factory, datasets, definitions):
    """Every loader as a function of one file, its other files being sound."""
    folder = tmp_path_factory.mktemp("sound")
    meta, data = folder / "a.meta.csv", folder / "a.csv"
    meta.write_bytes(META)
    data.write_bytes(DATA)
    (folder / "areas.toml").write_text(CODESET)
    sound = {
        "code_list": workbook_of(folder / "code_list.xlsx", CODE_LIST), "districts": csv_of(folder / "d.csv", DISTRICTS),
        "upper_tier": csv_of(folder / "u.csv", UPPER_TIER), "lookup": csv_of(folder / "l.csv", LOOKUP),
        "figures": [csv_of(folder / "f.csv", FIGURES)], "codeset": folder / "areas.toml",
    }
    state_funded = definitions / "codesets/state_funded_schools.toml"
    outcomes = datasets["ofsted_outcomes_2018"]
    return {
        "ees data": lambda path: ees.read(path, meta, datasets["absence_by_term_2017"], AREAS_KNOWN),
        "ees meta": lambda path: ees.read(data, path, datasets["absence_by_term_2017"], AREAS_KNOWN),
        "ees alone": lambda path: ees.read(path, None, datasets["care_leavers_activity"], AREAS_KNOWN),
        "neet_scorecard": lambda path: neet_scorecard.read(path, datasets["neet_scorecard_2025"], AREAS_KNOWN),
        "neighbours": lambda path: neighbours.read(path, "2025", AREAS_KNOWN),
        "schools": lambda path: schools.read(path, datasets["gias"], AREAS_KNOWN),
        "ofsted_outcomes": lambda path: ofsted_outcomes.read(path, SCHOOLS, AREAS, state_funded, outcomes),
        **{f"areas {name}": lambda path, name=name: areas.read(**{**sound, name: [path] if name == "figures" else path})
           for name in sound},
    }


LOADERS = ("ees data", "ees meta", "ees alone", "neet_scorecard", "neighbours", "schools", "ofsted_outcomes",
           "areas code_list", "areas districts", "areas upper_tier", "areas lookup", "areas figures", "areas codeset")


@pytest.mark.parametrize("loader", LOADERS)
@settings(max_examples=1200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=spoilt(), suffix=st.sampled_from([".csv", ".xlsx", ".zip"]))
@example(content=b"", suffix=".csv")
@example(content=zipped(a_dot_csv=DATA, a_dot_meta_dot_csv=META), suffix=".zip")
@example(content=zipped(a_dot_csv=DATA, a_dot_meta_dot_csv=META)[:200], suffix=".zip")
@example(content=zipped(xl=b"<workbook/>"), suffix=".xlsx")
@example(content=workbook([[None], ["LA number"], [float("1e300"), True]]), suffix=".xlsx")
@example(content=workbook([["URN", "LA (code)"]])[:-30], suffix=".xlsx")
def test_any_bytes_are_read_or_refused_in_words(loaders, tmp_path, loader, content, suffix):
    path = Path(tmp_path) / f"given{suffix}"
    path.write_bytes(content)
    try:
        loaders[loader](path)
    except RefusedFileError as refusal:
        assert refusal.problems
        assert all(problem.rule and problem.remedy for problem in refusal.problems)


def test_every_loader_is_tried(loaders):
    assert set(loaders) == set(LOADERS)


@pytest.mark.parametrize("loader", SOUND)
def test_what_is_spoilt_was_sound(loaders, tmp_path, loader):
    path = tmp_path / "given.csv"
    path.write_bytes(SOUND[loader])
    assert loaders[loader](path).problems == []
