"""Words for activities that a list has and we do not know, for somebody to say what each of them means."""

from collections import Counter
from collections.abc import Mapping

from throughline.analytics.learnerlists.cells import as_activity
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain

ACTIVITY = "activity"
_LONGEST = 100  # letters; a longer cell is a sentence about somebody, and no word for what many do


def spelt(cell: str) -> str:
    """What a cell is compared by with the words that were taught."""
    return plain(cell) or cell.strip()


def as_taught(cell: str, words: Mapping[str, str], vocabulary: Vocabulary, codes: frozenset[str]) -> str | None:
    """The activity code that a cell holds or means, or None. words are codes by what was taught; they go before ours."""
    return words.get(spelt(cell)) or as_activity(cell, vocabulary, codes)


def column_of_activities(sheet: ListSheet, columns: Mapping[int, str], vocabulary: Vocabulary) -> int | None:
    """The place of the column that says what people do: the one taken for it, otherwise one that is not used and headed so."""
    if ACTIVITY in columns.values():
        return next(place for place, field in columns.items() if field == ACTIVITY)
    headed = (place for place, heading in enumerate(sheet.headings) if vocabulary.by_heading.get(plain(heading)) == ACTIVITY)
    return next((place for place in headed if not columns.get(place)), None)


def unknown_words(sheet: ListSheet, place: int | None, vocabulary: Vocabulary, codes: frozenset[str]) -> Counter[str]:
    """The cells of the column of activities that we do not know, as spelt() has them, with how many rows have each."""
    cells = sheet.cells(place) if place is not None else []
    unknown = {cell for cell in set(cells) if cell and len(cell) <= _LONGEST and as_activity(cell, vocabulary, codes) is None}
    return Counter(spelt(cell) for cell in cells if cell in unknown)
