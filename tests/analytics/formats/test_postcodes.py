"""Directories of postcodes under the headings of several years: what is read of each row, and what is wrong with others."""

from datetime import date

import pytest
from django.conf import settings

from throughline.analytics.formats.postcodes import Placed, read
from throughline.core.problems import Problem, RefusedFileError

HERE = "E07000001"
HEADINGS = ["pcd,pcd2,pcds,dointr,doterm,oslaua", "PCD7,PCD8,PCDS,DOINTR,DOTERM,LAD25CD", "x,y,pcds,dointr,doterm,laua"]


def of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "directory.csv"
    path.write_text(text, encoding=encoding)
    return list(read(path, settings.DEFINITIONS))


@pytest.mark.parametrize("headings", HEADINGS)
def test_the_headings_of_several_years_are_known(tmp_path, headings):
    found = of(tmp_path, f"{headings}\nSA1 1AA,SA1  1AA,SA1 1AA,198001,202608,{HERE}\n", "utf-8-sig")
    assert found == [Placed("SA1 1AA", HERE, date(1980, 1, 1), date(2026, 8, 1))]


@pytest.mark.parametrize(("row", "field", "value"), [
    ("SA1 1A,,,E07000001", "postcode", "SA1 1A"), ("SA11AA,,,E0700001", "district", "E0700001"),
    ("SA1 1AA,198013,,E07000001", "introduced", "198013"), ("SA1 1AA,,26-08,E07000001", "ended", "26-08"),
])
def test_a_row_that_cannot_be_used_is_named_and_the_others_are_read(tmp_path, row, field, value):
    wrong, right = of(tmp_path, f"pcds,dointr,doterm,oslaua\n{row}\n\nm1 1aa,,,e07000001\nM2 2BB,,,\n")
    assert isinstance(wrong, Problem)
    assert (wrong.line, wrong.field, wrong.value) == (2, field, value)
    assert right == Placed("M1 1AA", HERE)


@pytest.mark.parametrize("text", [
    "", "pcds,easting\nSA1 1AA,1\n", "code,oslaua\nSA1 1AA,E07000001\n", "\x00", "pcds,oslaua\n\"SA1",
])
def test_what_is_no_directory_is_refused(tmp_path, text):
    with pytest.raises(RefusedFileError):
        of(tmp_path, text)
    with pytest.raises(RefusedFileError):
        of(tmp_path, "pcds,oslaua\né,E07000001\n", "latin-1")
