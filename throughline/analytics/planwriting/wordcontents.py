"""The list of contents of a Word document: links to its headings, in a field that Word can write afresh."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from throughline.analytics.planwriting.report import Heading, Report, lines_of, listed_headings

# No page numbers (\n): only Word knows them, and asking it to fill them in makes it warn whoever opens the file.
_FIELD = ' TOC \\o "1-2" \\n \\h \\z \\u '


def write_contents(document: Any, report: Report) -> None:
    """Write the list where the document has got to; mark_heading makes what its links lead to."""
    headings = listed_headings(report)
    if not headings:
        return
    _add_styles(document)
    document.add_paragraph("Contents", "TOC Heading")
    paragraphs = [_entry(document, place, heading) for place, heading in headings]
    for part in (_mark("separate"), _code(), _mark("begin")):
        paragraphs[0]._p.pPr.addnext(_run(part))
    paragraphs[-1]._p.append(_run(_mark("end")))


def mark_heading(paragraph: Any, place: int) -> None:
    """Name a heading's paragraph, so that links find it."""
    for kind, at in (("bookmarkStart", 1), ("bookmarkEnd", len(paragraph._p) + 1)):
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(place))
        if kind == "bookmarkStart":
            mark.set(qn("w:name"), _name(place))
        paragraph._p.insert(at, mark)


def _entry(document: Any, place: int, heading: Heading) -> Any:
    paragraph = document.add_paragraph(style=f"toc {heading.level}")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _name(place))
    link.set(qn("w:history"), "1")
    paragraph._p.append(link)
    link.append(paragraph.add_run(" ".join(lines_of(heading.text)))._r)
    return paragraph


def _add_styles(document: Any) -> None:
    for level in (1, 2):
        made = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        made.base_style = document.styles["Normal"]
        made.paragraph_format.left_indent = Mm(6 * (level - 1))
        made.paragraph_format.space_after = Pt(2)


def _name(place: int) -> str:
    return f"_Toc{place:08}"


def _run(inside: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(inside)
    return run


def _mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _code() -> Any:
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = _FIELD
    return code
