"""Words for activities that a list has and we do not know, for somebody to say what each of them means."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from throughline.analytics.learnerlists.cells import as_activity
from throughline.analytics.learnerlists.sheet import ListSheet
from throughline.analytics.learnerlists.signs import other_signs
from throughline.analytics.learnerlists.vocabulary import Vocabulary, plain, plain_heading

LONGEST = 100  # letters; a longer cell is a sentence about somebody, and no word for what many do


def spelt(cell: str) -> str:
    """What a cell is compared by with the words that were taught; a sign that may change it, as in “College?”, is of it."""
    word, signs = plain(cell), dict.fromkeys("".join(other_signs(cell)))
    return f"{word}{''.join(signs)}" if word else cell.strip()


def believed(words: Mapping[str, str], codes: frozenset[str]) -> dict[str, str]:
    """What was taught, without the words of a code that the list of activities has no more: those are asked about again."""
    return {word: code for word, code in words.items() if code in codes}


def as_taught(cell: str, words: Mapping[str, str], vocabulary: Vocabulary, codes: frozenset[str]) -> str | None:
    """The activity code that a cell holds or means, or None. words are those taught that are believed(), and go before ours."""
    return words.get(spelt(cell)) or as_activity(cell, vocabulary, codes)


def columns_of_activities(sheet: ListSheet, columns: Mapping[int, str], vocabulary: Vocabulary) -> dict[int, str]:
    """The places of the columns that say what people do, with the field of each: those taken for it, otherwise the first that is
    not used and is headed so.
    """
    fields = {field.id for field in vocabulary.fields.values() if field.looks_like == "activity"}
    if taken := {place: field for place, field in columns.items() if field in fields}:
        return taken
    headed = {place: vocabulary.by_heading.get(plain_heading(heading), "") for place, heading in enumerate(sheet.headings)
              if not columns.get(place)}
    return dict(islice(((place, field) for place, field in headed.items() if field in fields), 1))


def unknown_words(sheet: ListSheet, places: Iterable[int], vocabulary: Vocabulary, codes: frozenset[str]) -> Counter[str]:
    """The cells of columns of activities that we do not know, as spelt() has them, with how often each stands there."""
    cells = [cell for place in places for cell in sheet.cells(place)]
    unknown = {cell for cell in set(cells) if cell and len(cell) <= LONGEST and as_activity(cell, vocabulary, codes) is None}
    return Counter(spelt(cell) for cell in cells if cell in unknown)
