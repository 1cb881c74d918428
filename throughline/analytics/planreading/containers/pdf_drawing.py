"""The straight lines drawn on a page of a PDF, however they were drawn, and how much of it pictures cover."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

from throughline.analytics.planreading.containers.pdf_page import Box, Frame, Page, Rule

MOST_DRAWN = 30_000  # drawn objects and their segments; a map, not a table
THIN = 4.5  # points; a drawn shape no thicker than this is a rule
SHORTEST_RULE = 6.0  # points
DEEPEST_FORM = 8


def read_drawings(page: Page, sheet: Any, frame: Frame) -> None:
    """Put a page's rules, and the share of it under pictures, into page; sheet is PDFium's own page."""
    for drawn, matrix in _drawn(sheet):
        page.drawn += 1
        if page.drawn > MOST_DRAWN:
            page.across, page.down, page.too_full = [], [], True
            return
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = frame.box(*_bounds(drawn, matrix))
            page.pictured += (box.x1 - box.x0) * (box.bottom - box.top) / max(1.0, page.width * page.height)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            segments = raw.FPDFPath_CountSegments(drawn)
            if segments <= 5:
                _add_shape(page, frame.box(*_bounds(drawn, matrix)), segments > 2 and _is_stroked(drawn))
            else:
                page.drawn += segments
                _add_outline(page, drawn, matrix, frame)


def _drawn(sheet: Any) -> Iterator[tuple[Any, Any]]:
    """Every drawn object with the matrix of the form it stands in, those in forms after those outside."""
    waiting: list[tuple[Any, Any, int]] = []
    for index in range(raw.FPDFPage_CountObjects(sheet)):
        waiting.append((raw.FPDFPage_GetObject(sheet, index), None, 0))
    while waiting:
        drawn, matrix, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_FORM:
            yield drawn, matrix
        elif depth < DEEPEST_FORM:
            own = _times(_matrix(drawn), matrix)
            for index in range(raw.FPDFFormObj_CountObjects(drawn)):
                waiting.append((raw.FPDFFormObj_GetObject(drawn, index), own, depth + 1))


def _matrix(drawn: Any) -> Any:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, matrix)
    return matrix


def _times(first: Any, then: Any) -> Any:
    if then is None:
        return first
    return raw.FS_MATRIX(
        first.a * then.a + first.b * then.c, first.a * then.b + first.b * then.d,
        first.c * then.a + first.d * then.c, first.c * then.b + first.d * then.d,
        first.e * then.a + first.f * then.c + then.e, first.e * then.b + first.f * then.d + then.f,
    )


def _through(matrix: Any, x: float, y: float) -> tuple[float, float]:
    if matrix is None:
        return x, y
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _bounds(drawn: Any, matrix: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(drawn, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return (*_through(matrix, left, bottom), *_through(matrix, right, top))


def _is_stroked(drawn: Any) -> bool:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn, filled, stroked)
    return bool(stroked.value)


def _add_shape(page: Page, box: Box, stroked: bool) -> None:
    """A line, a bar or a box: a thin one is a rule, and each edge of a stroked one is."""
    x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
    if bottom - top <= THIN:
        if x1 - x0 >= SHORTEST_RULE:
            page.across.append(Rule((top + bottom) / 2, x0, x1))
    elif x1 - x0 <= THIN:
        if bottom - top >= SHORTEST_RULE:
            page.down.append(Rule((x0 + x1) / 2, top, bottom))
    elif stroked:
        page.across += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
        page.down += [Rule(x0, top, bottom), Rule(x1, top, bottom)]


def _add_outline(page: Page, drawn: Any, matrix: Any, frame: Frame) -> None:
    """The straight strokes of a path of many segments, or its thin filled parts."""
    whole = _times(_matrix(drawn), matrix)
    stroked = _is_stroked(drawn)
    for outline in _outlines(drawn, whole, frame):
        if stroked:
            for (ax, ay), (bx, by) in zip(outline, outline[1:], strict=False):
                if min(abs(ax - bx), abs(ay - by)) < 0.5:
                    _add_shape(page, Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), False)
        else:
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            _add_shape(page, Box(min(xs), min(ys), max(xs), max(ys)), False)


def _outlines(drawn: Any, matrix: Any, frame: Frame) -> list[list[tuple[float, float]]]:
    outlines: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(drawn), MOST_DRAWN)):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.place(*_through(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([point])
        else:
            outlines[-1].append(point)
            if raw.FPDFPathSegment_GetClose(segment):
                outlines[-1].append(outlines[-1][0])
    return outlines
