"""A small trend line as inline SVG: gaps where a figure is missing, and never a line across a break in the series."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from throughline.ui.formats import number

WIDTH, HEIGHT, MARGIN = 96, 24, 4

Point = tuple[str, float | None, bool]  # label of the period, value or None, whether the series breaks before it


def sparkline(points: Iterable[Sequence], decimals: int = 1, suffix: str = "", label: str = "") -> Markup:
    """A trend line of points in time order, each (label, value or None, break_before); the same input is drawn once.

    label is what the line is read out as; by default its first and last figures, with gaps and breaks named.
    """
    return _drawn(tuple((str(p[0]), p[1], bool(p[2])) for p in points), decimals, suffix, label)


@lru_cache(maxsize=20_000)
def _drawn(points: tuple[Point, ...], decimals: int, suffix: str, label: str) -> Markup:
    if not any(value is not None for _, value, _ in points):
        return Markup('<span class="app-missing">no trend</span>')
    places = _places(points)
    read_out = escape(label or _read_out(points, decimals, suffix))
    return Markup(
        f'<svg class="app-spark" role="img" aria-label="{read_out}" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{_ticks(points)}{_lines(points, places)}{_end(places)}</svg>'
    )


def _places(points: tuple[Point, ...]) -> list[tuple[float, float] | None]:
    """Where each point lies, None where there is no figure; a flat line runs through the middle."""
    values = [value for _, value, _ in points if value is not None]
    low, spread = min(values), max(values) - min(values)
    return [
        None if value is None
        else (_across(n, len(points)), HEIGHT / 2 if spread == 0 else _down((value - low) / spread))
        for n, (_, value, _) in enumerate(points)
    ]


def _across(position: float, count: int) -> float:
    return WIDTH / 2 if count == 1 else MARGIN + position * (WIDTH - 2 * MARGIN) / (count - 1)


def _down(share: float) -> float:
    return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)


def _runs(points: tuple[Point, ...], places: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The stretches that may be joined: none holds a missing figure or steps over a break."""
    runs: list[list[tuple[float, float]]] = [[]]
    for (_, _, broken), place in zip(points, places, strict=True):
        if broken or place is None:
            runs.append([])
        if place is not None:
            runs[-1].append(place)
    return [run for run in runs if run]


def _lines(points: tuple[Point, ...], places: list[tuple[float, float] | None]) -> str:
    drawn = []
    for run in _runs(points, places):
        if len(run) == 1:
            drawn.append('<circle cx="{:.1f}" cy="{:.1f}" r="1.5"/>'.format(*run[0]))
        else:
            drawn.append('<polyline points="{}"/>'.format(" ".join(f"{x:.1f},{y:.1f}" for x, y in run)))
    return "".join(drawn)


def _ticks(points: tuple[Point, ...]) -> str:
    """A short upright at each break, halfway between the figures it parts."""
    return "".join(
        f'<line x1="{(x := _across(n - 0.5, len(points))):.1f}" x2="{x:.1f}" y1="{HEIGHT - 7}" y2="{HEIGHT}"/>'
        for n, (_, _, broken) in enumerate(points) if broken and n
    )


def _end(places: list[tuple[float, float] | None]) -> str:
    """A dot on the latest figure, only when the latest period has one."""
    return '<circle cx="{:.1f}" cy="{:.1f}" r="3"/>'.format(*places[-1]) if places[-1] else ""


def _read_out(points: tuple[Point, ...], decimals: int, suffix: str) -> str:
    had = [(label, f"{number(value, decimals)}{suffix}") for label, value, _ in points if value is not None]
    said = f"{had[0][1]} in {had[0][0]}"
    if len(had) > 1:
        said = f"From {said} to {had[-1][1]} in {had[-1][0]}"
    if gaps := [label for label, value, _ in points if value is None]:
        said += f"; no figure for {', '.join(gaps)}"
    if breaks := [label for n, (label, _, broken) in enumerate(points) if broken and n]:
        said += f"; the series breaks at {', '.join(breaks)}"
    return said
