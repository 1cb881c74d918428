"""Reads a PDF: its words, ruled and plain tables and headings in reading order, page by page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from throughline.analytics.planreading.containers.marks import clean
from throughline.analytics.planreading.containers.pdf_columns import parts
from throughline.analytics.planreading.containers.pdf_drawing import read_drawings
from throughline.analytics.planreading.containers.pdf_furniture import repeated
from throughline.analytics.planreading.containers.pdf_grid import Grid, grids
from throughline.analytics.planreading.containers.pdf_lines import Line, Printed, lines_of, paragraphs
from throughline.analytics.planreading.containers.pdf_page import Frame, Page
from throughline.analytics.planreading.containers.pdf_words import read_words
from throughline.analytics.planreading.containers.refusal import check_size, refusal, refusing_damage
from throughline.analytics.planreading.document import Block, Document, Heading, Paragraph, Row, Source, Table

MOST_PAGES = 600
LONGEST_HEADING = 160  # letters
_PDFIUM = Lock()  # PDFium may be asked by one thread at a time
_PICTURE = 0.1  # share of a page that a picture covers before it is worth a word; a crest covers less


@dataclass
class _Laid:
    """A page with its ruled tables, and the lines that stand outside them."""

    page: Page
    grids: list[Grid]
    lines: list[Line]


def read(path: Path) -> Document:
    """The document in a PDF.

    A table cut by a page break is several, one a page. Tables are counted on each page, rows in each table. Lines
    printed on every page alike are left out and named in unread. Raises RefusedFileError when the file is locked with
    a password, damaged, or longer than MOST_PAGES.
    """
    check_size(path)
    with refusing_damage(path, "a PDF", "open the file and print it to a new PDF; this one is damaged"):
        pages, title = _pages(path)
        laid = [_laid(page) for page in pages]
        furniture, repeats = repeated([(each.page, each.lines) for each in laid])
        for each in laid:
            each.lines = [line for line in each.lines if id(line) not in furniture]
        found = _rejoined([block for each in laid for block in _page_blocks(each)])
        unread = [note for page in pages for note in _left_out(page)]
        unread += [(Source(page=on[0]), _repeat_note(words, on)) for words, on in repeats.items()]
        return Document(tuple(_levelled(found)), clean(title).replace("\n", " "), len(pages), tuple(unread))


def _pages(path: Path) -> tuple[list[Page], str]:
    with _PDFIUM:
        try:
            source = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
                raise refusal(path, "a file that is not locked",
                              "save the PDF without its password and give it again") from error
            raise
        try:
            if len(source) > MOST_PAGES:
                raise refusal(path, "a reasonable length", f"give the plan alone; this file has {len(source)} pages")
            title = source.get_metadata_value("Title")
            return [_page(source, index) for index in range(len(source))], title
        finally:
            source.close()


def _page(source: pdfium.PdfDocument, index: int) -> Page:
    sheet = source[index]
    text = sheet.get_textpage()
    left, bottom, right, top = sheet.get_bbox()
    frame = Frame(left, bottom, right, top, sheet.get_rotation() % 360)
    width, height = right - left, top - bottom
    page = Page(index + 1, *((height, width) if frame.turned in (90, 270) else (width, height)))
    read_drawings(page, sheet.raw, frame)
    read_words(page, text.raw, frame)
    text.close()
    sheet.close()
    return page


def _laid(page: Page) -> _Laid:
    ruled = grids(page)
    outside = [word for word in page.words if not any(grid.holds(word) for grid in ruled)]
    return _Laid(page, ruled, lines_of(outside))


def _page_blocks(laid: _Laid) -> Iterator[Printed | Table | int]:
    """What a page holds in order: paragraphs, tables, and the page's number where it begins."""
    yield laid.page.number
    number = 0
    waiting = list(laid.lines)
    for grid in laid.grids:
        above = [line for line in waiting if line.top < grid.ys[0]]
        waiting = [line for line in waiting if line.top >= grid.ys[0]]
        for block in _flow(above, laid.page, number):
            number += isinstance(block, Table)
            yield block
        held = [word for word in laid.page.words if grid.holds(word)]
        rows = grid.rows(held)
        if held:
            number += 1
            yield _table(laid.page.number, number, rows)
    yield from _flow(waiting, laid.page, number)


def _rejoined(found: Sequence[Printed | Table | int]) -> list[Printed | Table | int]:
    """The same with each paragraph that a page break cut in mid-sentence made whole, where it begins."""
    whole: list[Printed | Table | int] = []
    for each in found:
        last = next((block for block in reversed(whole) if not isinstance(block, int)), None)
        turned = bool(whole) and isinstance(whole[-1], int)
        if turned and isinstance(each, Printed) and isinstance(last, Printed) and _carries_on(last, each):
            last.text = f"{last.text} {each.text}"
        else:
            whole.append(each)
    return whole


def _carries_on(last: Printed, first: Printed) -> bool:
    alike = last.bold == first.bold and _size(last) == _size(first)
    return alike and not first.mark and first.text[0].islower() and last.text[-1] not in ".:;?!"


def _flow(lines: Sequence[Line], page: Page, number: int) -> Iterator[Printed | Table]:
    """Paragraphs, and tables without ruled lines, of lines outside the ruled tables; number counts tables so far."""
    running: list[Line] = []
    for part in parts(lines, page.across):
        if isinstance(part, Line):
            running.append(part)
            continue
        yield from _paragraphs(running)
        running = []
        if part.is_running_text():
            for column in range(len(part.gutters) + 1):
                words = [word for line in part.lines for word in part.columns(line)[column]]
                yield from _paragraphs(lines_of(words))
        else:
            number += 1
            yield _table(page.number, number, [cells for _, cells in part.rows(page.across)])
    yield from _paragraphs(running)


def _paragraphs(lines: Sequence[Line]) -> list[Printed]:
    return paragraphs(lines, max((line.x1 for line in lines), default=0.0) + 1)


def _table(page: int, number: int, rows: Sequence[Sequence[str]]) -> Table:
    kept = [Row(tuple(cells), Source(page=page, table=number, row=row))
            for row, cells in enumerate(rows, 1) if any(cells)]
    return Table(tuple(kept), Source(page=page, table=number))


def _levelled(found: Sequence[Printed | Table | int]) -> Iterator[Block]:
    """Blocks of the document: a paragraph in larger letters than the body, or short and all bold, is a heading."""
    body = _body_size(found)
    larger = sorted({size for each in found if isinstance(each, Printed) and (size := _size(each)) > body + 0.9}, reverse=True)
    left = min((each.first.x0 for each in found if isinstance(each, Printed)), default=0.0)
    page, line = 0, 0
    for each in found:
        if isinstance(each, int):
            page, line = each, 0
        elif isinstance(each, Table):
            yield each
        else:
            line += 1
            source = Source(page=page, line=line)
            if _is_heading(each, body):
                level = larger.index(_size(each)) + 1 if _size(each) in larger else len(larger) + 1
                yield Heading(each.whole, min(level, 6), source)
            else:
                depth = round(max(0.0, each.first.x0 - left) / 18) if each.mark else 0
                yield Paragraph(each.text, source, each.mark, depth, each.bold)


def _body_size(found: Sequence[Printed | Table | int]) -> float:
    """The height of letters that most of the running text is in."""
    letters: Counter[float] = Counter()
    for each in found:
        if isinstance(each, Printed):
            letters[_size(each)] += len(each.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _size(printed: Printed) -> float:
    return round(printed.first.size * 2) / 2


def _is_heading(printed: Printed, body: float) -> bool:
    if len(printed.whole) > LONGEST_HEADING or not any(letter.isalpha() for letter in printed.text):
        return False
    if _size(printed) > body + 0.9:
        return True
    symbol = printed.mark and not printed.mark[0].isalnum() and printed.mark[0] != "("
    return printed.bold and not symbol and not printed.text.endswith((".", ";", ","))


def _left_out(page: Page) -> Iterator[tuple[Source, str]]:
    where = Source(page=page.number)
    if page.too_full:
        yield where, f"page {page.number} holds more letters or drawn lines than can be read as text"
    if page.unmapped > max(20, len(page.words)):
        yield where, f"the letters of page {page.number} are drawn without saying which letters they are"
    elif not page.words and page.pictured > 0.01:
        yield where, f"page {page.number} holds a picture and no text"
    elif not page.words and page.drawn:
        yield where, f"page {page.number} holds a drawing and no text"
    elif page.words and page.pictured > _PICTURE:
        yield where, f"page {page.number} holds a picture; words in it are not read"


def _repeat_note(words: str, pages: Sequence[int]) -> str:
    return f"“{words}” is printed at the edge of {len(pages)} pages and was left out as a running header or footer"
