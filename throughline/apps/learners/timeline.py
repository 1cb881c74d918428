"""The activities of a learner drawn to scale as a picture, one bar each, shaded from the day it was no longer current."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from textwrap import wrap

from markupsafe import Markup, escape

from throughline.analytics.participation.standing import Standing, group_on
from throughline.apps.learners.codes import codeset, currency
from throughline.apps.learners.doing import Doing, doing
from throughline.apps.learners.models import Activity
from throughline.apps.learners.standings import WORDS, told_standing
from throughline.core.ages import academic_year, academic_year_name
from throughline.ui.formats import day as in_words

WIDE, NARROW = 760, 340
_AXIS, _LINE, _BAR, _GAP, _MARGIN = 26, 17, 16, 10, 4
_LETTER = 7.2  # about how wide a letter of the labels is, and rather more than less


@dataclass(frozen=True)
class Bar:
    """One activity as a bar, as it is told, for as long as it counts as one thing.

    Its last day is the day before the next, or the day it is asked about. goes_on says that it began before, and that its
    code counts as something else from the bar's first day on. latest says that nothing follows it; of the latest that they left,
    as the reader is told, gone_from is the first day on which they may have been there no longer.
    """

    activity: Activity
    told: Doing
    standing: Standing
    first: date
    last: date
    lapsed_from: date | None
    latest: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it is the same activity as the bar before."""
        return self.first > self.activity.start

    @property
    def counts_as(self) -> str:
        """What it counts as, for a reader."""
        return WORDS[self.standing]

    @property
    def left(self) -> str:
        """How they left the latest, in words; nothing where they are not known to have, or something follows."""
        return self.told.left if self.latest else ""

    @property
    def to(self) -> date | str:
        """Its last day; in words where they left and it is not known."""
        return (self.activity.predicted_end or self.left) if self.left else self.last

    @property
    def gone_from(self) -> date | None:
        """The first day on which they may have been there no longer; None where they are not known to have left."""
        return (self.activity.predicted_end or self.activity.assured) + timedelta(days=1) if self.left else None

    @property
    def words(self) -> str:
        """The bar read out."""
        until = f", {self.left}" if self.left else f" to {in_words(self.last)}"
        said = f"{self.told.label} from {in_words(self.first)}{until}"
        return f"{said}, no longer current from {in_words(self.lapsed_from)}" if self.lapsed_from else said


def bars(activities: Sequence[Activity], on: date, sensitive: bool) -> list[Bar]:
    """The activities that had begun by a day, in time order, each until the next began or its code came to count otherwise;
    for somebody who may, or may not, see what is sensitive.
    """
    begun = sorted((one for one in activities if one.start <= on), key=lambda one: one.start)
    ends = [*(one.start - timedelta(days=1) for one in begun[1:]), on]
    found = [_bar(one, first, last, sensitive) for one, end in zip(begun, ends, strict=False)
             for first, last in _times(one, max(end, one.start))]
    return [*found[:-1], *(replace(one, latest=True) for one in found[-1:])]


def _times(activity: Activity, end: date) -> list[tuple[date, date]]:
    """The first and last days through which an activity counted as one thing, up to a day."""
    turns = [day for day in codeset("activity").turns("group").get(activity.code, ()) if activity.start < day <= end]
    return list(zip([activity.start, *turns], [*(day - timedelta(days=1) for day in turns), end], strict=True))


def _bar(activity: Activity, first: date, last: date, sensitive: bool) -> Bar:
    edition, told = currency().on(last), doing(activity, last, sensitive)
    group = group_on(activity.code, first, codeset("activity"))
    lapses = edition.lapse_date(activity.counted)
    gone = lapses is not None and lapses < last and group is not Standing.EXCLUDED
    lapsed_from = lapses + timedelta(days=1) if lapses and gone and told.code else None
    return Bar(activity, told, told_standing(group, sensitive), first, last, lapsed_from)


def drawn(shown: Sequence[Bar], width: int = WIDE) -> Markup:
    """The bars one under the other against academic years, as SVG; nothing when there are none."""
    if not shown:
        return Markup("")
    first, last = shown[0].first, shown[-1].last
    days = max((last - first).days + 1, 1)

    def across(when: date) -> float:
        return _MARGIN + (when - first).days * (width - 2 * _MARGIN) / days

    rows, top = [], _AXIS
    for bar in shown:
        words = wrap(bar.told.coded, _letters(width))
        rows.append(_row(bar, words, top, across, width))
        top += len(words) * _LINE + _BAR + _GAP
    parts = [_years(first, last, across, top, width), *rows]
    name = escape("Activities drawn to scale: " + "; ".join(bar.words for bar in shown))
    size = "wide" if width == WIDE else "narrow"
    return Markup(f'<svg class="app-timeline app-timeline--{size}" role="img" aria-label="{name}" '
                  f'viewBox="0 0 {width} {top}">{"".join(parts)}</svg>')


def _letters(width: int) -> int:
    """How many letters stand beside each other in a drawing."""
    return int((width - 2 * _MARGIN) / _LETTER)


def _label(words: str, x: float, y: float, width: int) -> str:
    """Words that begin at a place, or end at the right edge where they would otherwise run over it."""
    if x + len(words) * _LETTER <= width - _MARGIN:
        return f'<text x="{x:.1f}" y="{y}">{escape(words)}</text>'
    return f'<text x="{width - _MARGIN}" y="{y}" text-anchor="end">{escape(words)}</text>'


def _years(first: date, last: date, across, height: int, width: int) -> str:
    """An upright at each 1 September, with the academic year that begins there where there is room to say so."""
    starts = [date(year, 9, 1) for year in range(academic_year(first), academic_year(last) + 1)]
    drawn_at = [(max(across(start), _MARGIN), academic_year_name(start.year)) for start in starts]
    parts, free = [], 0.0
    for x, words in drawn_at:
        parts.append(f'<line class="app-timeline__year" x1="{x:.1f}" x2="{x:.1f}" y1="{_AXIS - 6}" y2="{height}"/>')
        if min(x, width - _MARGIN - len(words) * _LETTER) >= free:
            parts.append(_label(words, x, _AXIS - 10, width))
            free = x + (len(words) + 1) * _LETTER
    return "".join(parts)


def _row(bar: Bar, words: Sequence[str], top: int, across, width: int) -> str:
    """A bar beneath its words, which begin where it does, unless they are of several lines."""
    left, right, at = across(bar.first), across(bar.last + timedelta(days=1)), top + len(words) * _LINE + 2
    begins = left if len(words) == 1 else _MARGIN
    parts = [_label(line, begins, top + number * _LINE - 3, width) for number, line in enumerate(words, 1)]
    parts.append(f'<rect class="app-timeline__bar app-timeline__bar--{bar.standing.value}" x="{left:.1f}" y="{at}" '
                 f'width="{max(right - left, 2):.1f}" height="{_BAR}"/>')
    if over := [day for day in (bar.lapsed_from, bar.gone_from) if day]:
        gone = across(max(min(over), bar.first))
        parts.append(f'<rect class="app-timeline__lapsed" x="{gone:.1f}" y="{at}" width="{max(right - gone, 1):.1f}" '
                     f'height="{_BAR}"/>')
    return "".join(parts)
