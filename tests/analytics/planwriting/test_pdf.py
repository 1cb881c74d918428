"""A PDF of ours is tagged and the same each time; a machine without Pango is told what to install."""

import gc
import io
import sys

import pypdfium2
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from tests.analytics.planwriting.marlshire import facts, plan
from throughline.analytics.planwriting.pdf import PdfUnavailableError, write_pdf


@pytest.fixture(scope="module")
def written(pango) -> bytes:
    """The plan as monitored."""
    return write_pdf(plan(), facts())


def test_it_is_tagged_and_says_its_language_and_standard(written):
    document = PDFDocument(PDFParser(io.BytesIO(written)))
    catalog = document.catalog
    assert resolve1(catalog["MarkInfo"])["Marked"]
    assert resolve1(catalog["Lang"]) == b"en-GB"
    assert resolve1(catalog["StructTreeRoot"])
    assert resolve1(catalog["ViewerPreferences"])["DisplayDocTitle"]
    assert b"pdfuaid:part" in resolve1(catalog["Metadata"]).get_data()


def test_pages_are_a4_on_their_side_and_counted(written):
    pages = pypdfium2.PdfDocument(written)
    assert {tuple(round(side) for side in page.get_size()) for page in pages} == {(842, 595)}
    last = pages[len(pages) - 1].get_textpage().get_text_bounded()
    assert f"Page {len(pages)} of {len(pages)}" in last


def test_the_same_plan_makes_the_same_bytes(written):
    assert write_pdf(plan(), facts()) == written


def test_what_was_held_back_while_it_was_laid_out_goes_on_after(written):
    assert gc.isenabled()


def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(PdfUnavailableError, match="libpango-1.0-0 libpangoft2-1.0-0"):
        write_pdf(plan(), facts())
