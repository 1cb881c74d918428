"""Works out the numbers and bullets that Word prints in front of a list's paragraphs and does not keep as text."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from throughline.analytics.planreading.containers.marks import BULLET
from throughline.analytics.planreading.containers.word_styles import ListPlace, Styles, W, is_on, value

_ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
LARGEST_NUMBER = 100_000  # a list's first number; beyond it is damage


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number is written ("lowerLetter"), with what around it ("(%1)"), from which number."""

    written: str
    around: str
    start: int
    plain: bool


@dataclass
class Lists:
    """The lists of one document, counting as its paragraphs are read from first to last."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    shape_of: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    level_of_style: dict[tuple[str, str], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _met: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any, styles: Styles) -> "Lists":
        """The lists of a numbering part; none where the document has no such part."""
        lists = cls()
        borrowed: dict[str, str] = {}
        for shape in () if root is None else root.findall(W + "abstractNum"):
            name = shape.get(W + "abstractNumId") or ""
            lists.levels[name] = {}
            borrowed[name] = value(shape, "numStyleLink") or ""
            for element in shape.findall(W + "lvl"):
                lists._take_level(name, element)
        for number in () if root is None else root.findall(W + "num"):
            lists._take_list(number)
        for name, style in borrowed.items():
            place = _numbering_of_style(styles, style)
            if not lists.levels[name] and place in lists.shape_of:
                lists.levels[name] = lists.levels.get(lists.shape_of[place], {})
        return lists

    def _take_level(self, shape: str, element: Any) -> None:
        index = _whole(element.get(W + "ilvl"), 0)
        written = value(element, "numFmt") or "decimal"
        level = Level(written, value(element, "lvlText") or "", _whole(value(element, "start"), 1),
                      bool(is_on(element, "isLgl")))
        self.levels[shape][index] = level
        style = value(element, "pStyle")
        if style:
            self.level_of_style[shape, style] = index

    def _take_list(self, element: Any) -> None:
        number = element.get(W + "numId") or ""
        shape = value(element, "abstractNumId") or ""
        self.shape_of[number] = shape
        for override in element.findall(W + "lvlOverride"):
            index = _whole(override.get(W + "ilvl"), 0)
            start = value(override, "startOverride")
            if start is not None:
                self.restarts.setdefault(number, {})[index] = _whole(start, 1)

    def mark(self, place: ListPlace, style: str) -> tuple[str, int]:
        """The mark printed in front of the next paragraph at place, "" where none is, and its level from 0."""
        shape = self.shape_of.get(place.number, "")
        index = place.level if place.level is not None else self.level_of_style.get((shape, style), 0)
        level = self.levels.get(shape, {}).get(index)
        if level is None:
            return "", index
        if level.written == "bullet":
            return BULLET, index
        counts = self._counts[shape]
        restart = self.restarts.get(place.number, {})
        if place.number not in self._met:
            self._met.add(place.number)
            counts.update({each: start - 1 for each, start in restart.items()})
        counts[index] = counts.get(index, level.start - 1) + 1
        for deeper in [each for each in counts if each > index]:
            del counts[deeper]
        return re.sub(r"%([1-9])", lambda found: self._number(shape, int(found[1]) - 1, level), level.around).strip(), index

    def _number(self, shape: str, index: int, shown_by: Level) -> str:
        level = self.levels[shape].get(index)
        if level is None:
            return ""
        count = self._counts[shape].setdefault(index, level.start)
        return written("decimal" if shown_by.plain else level.written, count)


def _numbering_of_style(styles: Styles, style: str) -> str:
    element = styles.by_id.get(style)
    properties = None if element is None else element.find(W + "pPr")
    return value(None if properties is None else properties.find(W + "numPr"), "numId") or ""


def _whole(printed: str | None, otherwise: int) -> int:
    if printed is None or not printed.isdecimal() or len(printed) > 6:
        return otherwise
    return min(int(printed), LARGEST_NUMBER)


def written(how: str, count: int) -> str:
    """A number as a list writes it: "3", "c", "III"; in figures where we do not know the way ("chicago")."""
    if how in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if how == "lowerLetter" else letter.upper()
    if how in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = ""
        for worth, letters in _ROMAN:
            roman += letters * (count // worth)
            count %= worth
        return roman.lower() if how == "lowerRoman" else roman
    if how == "decimalZero":
        return f"{count:02}"
    return "" if how == "none" else str(count)
