"""What a document says of itself on its opening pages: its title, the years it is for, whose it is."""

import re
from collections import Counter
from collections.abc import Iterator

from throughline.analytics.planreading.document import Document, Heading, Paragraph, Table
from throughline.analytics.planreading.openings import labelled, numbered, part_opened, read_opening
from throughline.analytics.planreading.vocabulary import Templates
from throughline.analytics.planreading.words import lines, plain

_OPENING_BLOCKS = 12  # headings and paragraphs in which a title is looked for
_LONGEST_TITLE = 30  # words
_LONGEST_SENTENCE = 12  # words of a title that ends with a full stop; more is running text
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2}\s*(?:[-–/]|to)\s*(?:(?:19|20)\d{2}|\d{2}))(?!\d)")
_CAPITALISED = r"(?:[A-Z][\w'’&-]*\s+(?:(?:of|and|upon|the)\s+)?){1,4}"


def read_title(document: Document, templates: Templates) -> str:
    """The container's own title, or the first line of the opening pages that names a plan, or the first heading.

    The name of a workbook's sheet is the title only where no line is.
    """
    if plain(document.title):
        return plain(document.title)
    opening = sorted(_opening_words(document), key=lambda block: block.source.sheet == block.text)
    candidates = [plain(block.text) for block in opening if _may_be_title(block, templates)]
    named = templates.pattern("organisations", "title", "words")
    return next((text for text in candidates if named.search(text)), candidates[0] if candidates else "").rstrip(".")


def read_period(document: Document, title: str, templates: Templates) -> str:
    """The years a plan is for, as printed: after a label, in its title, or alone on one of its first lines."""
    first = list(_opening_words(document))
    for block in first:
        part, rest = labelled(block.text, templates)
        if part == "period" and rest:
            return rest
    in_title = _PERIOD.search(title)
    alone = (found for block in first if (found := _PERIOD.fullmatch(plain(block.text))))
    found = in_title or next(alone, None)
    return found.group(1) if found else ""


def heading_year(period: str) -> int | None:
    """The year that a date without one falls in: that of a plan for one year."""
    years = {int(year) for year in re.findall(r"(?:19|20)\d{2}", period)}
    return years.pop() if len(years) == 1 and re.fullmatch(r"\d{4}", period) else None


def read_organisations(document: Document, title: str, templates: Templates) -> list[str]:
    """The bodies a plan is by: after a label, else the council it names most, and the partnerships of its first lines."""
    for block in _opening_words(document):
        part, rest = labelled(block.text, templates)
        if part == "organisations" and rest:
            return [plain(name) for name in rest.split(";") if plain(name)]
    councils = Counter(name for text in _all_text(document) for name in _bodies(text, templates, "anywhere"))
    opening = [title, *(block.text for block in list(_opening_words(document))[:4] if _may_be_title(block, templates))]
    named = [name for text in opening for name in _bodies(text, templates, "opening")]
    most = [councils.most_common(1)[0][0]] if councils else []
    return [name for name in dict.fromkeys([*most, *named]) if not any(other.endswith(f" {name}") for other in (*most, *named))]


def _bodies(text: str, templates: Templates, key: str) -> list[str]:
    spelt = templates.words("organisations", "endings", key)
    if not any(word in text for word in spelt):
        return []
    endings = "|".join(re.escape(word) for word in spelt)
    found = re.findall(rf"(?<![\w-])((?:\d\d-\d\d\s+)?{_CAPITALISED}(?:{endings}))(?!\w)", plain(text))
    return [re.sub(r"^(?:The|Our|In)\s+", "", name) for name in found if len(name.split()) > 1 and not name.startswith("The ")]


def _opening_words(document: Document) -> Iterator[Heading | Paragraph]:
    blocks = [block for block in document.blocks if not isinstance(block, Table)]
    yield from blocks[:_OPENING_BLOCKS]


def _may_be_title(block: Heading | Paragraph, templates: Templates) -> bool:
    text = plain(block.text)
    few = 2 <= len(text.split()) <= _LONGEST_TITLE
    opens = read_opening(text, templates, heading=True) or part_opened(text, templates) or labelled(text, templates)[0]
    sentence = text.endswith(".") and len(text.split()) > _LONGEST_SENTENCE
    return few and not opens and not sentence and not numbered(text)[0] and not (isinstance(block, Paragraph) and block.bullet)


def _all_text(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (line for row in block.rows for cell in row.cells for line in lines(cell))
        else:
            yield block.text
