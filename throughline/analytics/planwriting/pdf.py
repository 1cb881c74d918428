"""A report as a PDF that a screen reader can follow (PDF/UA-1), laid out by WeasyPrint from its web page."""

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from throughline.analytics.planreading.tree import Plan
from throughline.analytics.planwriting.composition import plan_report
from throughline.analytics.planwriting.facts import Facts
from throughline.analytics.planwriting.page import report_html
from throughline.analytics.planwriting.report import Report

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0"


class PdfUnavailableError(Exception):
    """Raised where the machine cannot lay out a PDF; says which Debian packages bring what is missing."""

    def __init__(self) -> None:
        super().__init__(
            f"PDF files need the Pango text library, which this machine lacks. Install the Debian packages {PACKAGES} "
            "(apt-get install), or take the Word document instead."
        )


def write_pdf(plan: Plan, facts: Facts) -> bytes:
    """The plan as a PDF; raises PdfUnavailableError where Pango is not installed."""
    return report_pdf(plan_report(plan, facts))


def report_pdf(report: Report) -> bytes:
    """The report as a tagged PDF, the same bytes every time; raises PdfUnavailableError where Pango is not installed."""
    page = report_html(report)
    identifier = hashlib.sha256(page.encode()).digest()[:16]
    document = _weasyprint().HTML(string=page, url_fetcher=_nothing)
    with _nothing_swept_up():
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return made


@contextmanager
def _nothing_swept_up() -> Iterator[None]:
    """Python's collector of unreachable objects held back: it looks through the million boxes of a long report again and again.

    A page takes a tenth of a second, whatever its style: the time is spread over WeasyPrint's own steps, box by box, and
    this is the one part that can be spared, a fifth of it.
    """
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()


def _weasyprint() -> Any:
    """WeasyPrint, looked for only when a PDF is asked for: it fails to import where Pango is missing.

    Where HarfBuzz cannot cut fonts down, fontTools does, and stamps them with the time unless the environment names another.
    """
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    try:
        import weasyprint
    except OSError as missing:
        raise PdfUnavailableError from missing
    return weasyprint


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    """A page of ours fetches nothing, whatever a plan's words may say."""
    raise ValueError(f"a report fetches nothing: {url}")
