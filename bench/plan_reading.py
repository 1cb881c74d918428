"""Reading a plan of sixty pages from each kind of file, beside merely taking the words out with the same library."""

import json
from dataclasses import dataclass
from pathlib import Path

from bench.given import ROOT
from bench.plan_made import plan_of
from bench.turns import Job

DEFINITIONS = ROOT / "definitions"
ACTIONS, MEASURES = 210, 40  # which planwriting lays out on sixty pages
KINDS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "txt": "plain text"}


@dataclass(frozen=True)
class PlanFiles:
    """One plan as files of each kind in a folder; pages of the PDF, None where this machine cannot lay one out."""

    folder: Path
    actions: int
    measures: int
    pages: int | None

    @property
    def kinds(self) -> list[str]:
        """The endings of the files that are there."""
        return [kind for kind in KINDS if kind != "pdf" or self.pages]

    def path(self, kind: str) -> Path:
        """The file of a kind."""
        return self.folder / f"plan.{kind}"

    def found(self, kind: str) -> dict[str, int]:
        """What reading the file of a kind found, once the way was asked to keep it."""
        return json.loads((self.folder / f"found-{kind}.json").read_text(encoding="utf-8"))


def lay_out(folder: Path, actions: int = ACTIONS, measures: int = MEASURES) -> PlanFiles:
    """Write one plan into folder as each kind of file; without Pango there is no PDF."""
    from throughline.analytics.planwriting.excel import write_excel
    from throughline.analytics.planwriting.facts import Facts
    from throughline.analytics.planwriting.pdf import PdfUnavailableError, write_pdf
    from throughline.analytics.planwriting.text import write_text
    from throughline.analytics.planwriting.word import write_word

    plan, facts = plan_of(actions, measures), Facts(authority="Marlshire County Council", status="Draft")
    files = {"docx": write_word(plan, facts), "xlsx": write_excel(plan, facts), "txt": write_text(plan, facts).encode()}
    try:
        files["pdf"] = write_pdf(plan, facts)
    except PdfUnavailableError:
        pages = None
    else:
        pages = _pages(files["pdf"])
    made = PlanFiles(folder, actions, measures, pages)
    for kind, written in files.items():
        made.path(kind).write_bytes(written)
    return made


def _pages(written: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(written) as document:
        return len(document)


def read_pdf(files: PlanFiles) -> Job:
    """The product reads the PDF."""
    return _read(files, "pdf")


def read_docx(files: PlanFiles) -> Job:
    """The product reads the Word document."""
    return _read(files, "docx")


def read_xlsx(files: PlanFiles) -> Job:
    """The product reads the workbook."""
    return _read(files, "xlsx")


def read_txt(files: PlanFiles) -> Job:
    """The product reads the text."""
    return _read(files, "txt")


def _read(files: PlanFiles, kind: str) -> Job:
    from throughline.analytics.planreading.read import read_plan_file
    from throughline.analytics.planreading.tree import Plan, Section

    def count(sections: list[Section]) -> int:
        return sum(len(section.actions) + count(section.sections) for section in sections)

    def keep(plan: Plan) -> None:
        found = {"actions": count(plan.sections), "measures": sum(each.number != "" for each in plan.measures)}
        (files.folder / f"found-{kind}.json").write_text(json.dumps(found), encoding="utf-8")

    return Job(lambda _: read_plan_file(files.path(kind), DEFINITIONS), keep=keep)


def words_pdf(files: PlanFiles) -> Job:
    """PDFium's own text of every page."""
    import pypdfium2

    def run(_: None) -> list[str]:
        with pypdfium2.PdfDocument(files.path("pdf")) as document:
            return [page.get_textpage().get_text_range() for page in document]

    return _words(files, "pdf", run)


def words_docx(files: PlanFiles) -> Job:
    """The paragraphs and the cells that python-docx gives."""
    import docx

    def run(_: None) -> list[str]:
        document = docx.Document(str(files.path("docx")))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [paragraph.text for paragraph in document.paragraphs] + cells

    return _words(files, "docx", run)


def words_xlsx(files: PlanFiles) -> Job:
    """The cells that openpyxl gives."""
    import openpyxl

    def run(_: None) -> list[str]:
        book = openpyxl.load_workbook(files.path("xlsx"))
        return [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]

    return _words(files, "xlsx", run)


def words_txt(files: PlanFiles) -> Job:
    """The file as it stands."""
    return _words(files, "txt", lambda _: files.path("txt").read_text(encoding="utf-8").splitlines())


def _words(files: PlanFiles, kind: str, run: object) -> Job:
    def keep(texts: list[str]) -> None:
        found = {"words": sum(len(text.split()) for text in texts)}
        (files.folder / f"found-words-{kind}.json").write_text(json.dumps(found), encoding="utf-8")

    return Job(run, keep=keep)
