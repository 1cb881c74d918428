"""The lines that open something: a recommendation or a priority, its leads, its impact, its success, a list."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from throughline.analytics.planreading.tree import CrossReference, SectionKind
from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import known_by, plain

KINDS: tuple[SectionKind, ...] = get_args(SectionKind)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<stop>[.)]?)\s+(?P<rest>\S.*)")
_LONGEST_TITLE = 60  # words
_ITEM = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)]\s+(?=\S)")


@dataclass(frozen=True)
class Opening:
    """A section that a line opens. named is whether the line says what it is ("Priority 1") and not only a title."""

    kind: SectionKind
    number: str
    title: str
    named: bool = True
    objectives: bool = False  # the line ends by announcing objectives


def read_opening(text: str, templates: Templates, heading: bool) -> Opening | None:
    """The section a line opens by naming what it is; a line that is no heading must set the title apart from the number."""
    line = plain(text)
    if len(line.split()) > _LONGEST_TITLE and not heading:
        return None
    for kind, pattern in _openers(templates):
        found = pattern.fullmatch(line)
        if found and (heading or (found["stop"] or ":").strip() or not found["title"]):
            title, objectives = _without_objectives(found["title"], templates)
            return Opening(kind, found["number"] or "", title, objectives=objectives)
    return None


def numbered(text: str) -> tuple[str, str]:
    """The number a heading or a paragraph of a report begins with, and the rest; "" where it begins with none."""
    found = _NUMBERED.fullmatch(plain(text))
    if not found or ("." not in found["number"] and not found["stop"]):
        return "", plain(text)
    return found["number"], found["rest"]


def is_caption(text: str, templates: Templates) -> bool:
    """Whether a line names a picture or a table: "Table 12 …"."""
    found = templates.pattern("sections", "parts", "captions").match(plain(text))
    return bool(found and re.match(r"\s*\d", plain(text)[found.end():]))


def part_opened(text: str, templates: Templates) -> str:
    """Which part a line is the label of ("impact", "success", "objectives", …), "" for none."""
    return _parts(templates, "answers").get(known_by(numbered(text)[1]), "")


def labelled(text: str, templates: Templates) -> tuple[str, str]:
    """The part named before a colon, and what follows it: ("leads", "Ann Lee (AL)"); "" where no part is named."""
    label, colon, rest = plain(text).partition(":")
    return (_parts(templates, "recommendations").get(known_by(label), ""), rest.strip()) if colon else ("", plain(text))


def answered(text: str, templates: Templates) -> list[CrossReference]:
    """The recommendations that a line says a priority answers: "Ofsted areas of improvement: 2 & 3"."""
    part, rest = labelled(text, templates)
    if part != "answers":
        return []
    return [CrossReference(plain(text), number, "section") for number in re.findall(r"\d{1,2}", rest)]


def announces_recommendations(text: str, templates: Templates) -> bool:
    """Whether the words before a list say that it is of recommendations."""
    ends = re.compile(any_of(templates.words("sections", "parts", "recommended")) + r"[^.]{0,60}[:–-]\s*$", re.IGNORECASE)
    return bool(ends.search(plain(text)))


def numbered_items(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What a cell says before its numbered list, and the list: pairs of number and words."""
    line = plain(text)
    starts = list(_ITEM.finditer(line))
    if not starts:
        return line, []
    ends = [*(found.start() for found in starts[1:]), len(line)]
    items = [(found.group(1), line[found.end():end].strip()) for found, end in zip(starts, ends, strict=True)]
    return line[:starts[0].start()].strip(), items


@lru_cache(maxsize=4)
def _openers(templates: Templates) -> list[tuple[SectionKind, re.Pattern[str]]]:
    words = "|".join(templates.words("sections", "openers", "numbers"))
    number = rf"\d{{1,2}}(?:\.\d{{1,2}})*[A-Za-z]?|[A-Z]|(?i:{words})|[IVX]{{1,4}}"
    return [(kind, _opener(templates.words("sections", "openers", kind), number)) for kind in KINDS]


def _opener(names: tuple[str, ...], number: str) -> re.Pattern[str]:
    name = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    numbered_or_not = rf"\s+(?P<number>{number})(?!\w)(?P<stop>\s*[:.–—-]?\s*)|\s*:\s*"
    return re.compile(rf"(?i:{name})(?:{numbered_or_not})(?P<title>.*)")


def _without_objectives(title: str, templates: Templates) -> tuple[str, bool]:
    ending = re.compile(r"[.\s]*" + any_of(templates.words("sections", "parts", "objectives")) + r"\s*:?\s*$", re.IGNORECASE)
    bare = ending.sub("", title)
    return (bare.strip().rstrip("."), True) if bare != title else (title.strip(), False)


@lru_cache(maxsize=8)
def _parts(templates: Templates, without: str) -> dict[str, str]:
    """The part that each label names. Two parts may share one: a line of its own means one of them, a label the other."""
    left_out = ("recommended", "captions", "obliges", without)
    return {known_by(words): part for part, spelt in templates.table("sections", "parts").items()
            if part not in left_out for words in spelt}
