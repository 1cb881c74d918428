"""What stands in a cell beside the words for an activity: only where all of it is harmless is the activity read."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from throughline.analytics.learnerlists.vocabulary import ByFirstWord, Vocabulary

_WORD = re.compile(r"[A-Za-z0-9]+")
_NUMBERED = re.compile(r"\d{1,2}(st|nd|rd|th)?|y(ea)?r?\d{1,2}|l\d")  # 3, 2nd, yr12, L3: a code has three figures
_A_YEAR = re.compile(r"\d{4}")
_DOUBT = "?"
_GOES_ON = re.compile(r"\s+|\s*&\s*|-|\.\s*")  # between two words of a name
_ATTACHED = re.compile(r"[\s)]*")  # between “apprenticeship” and an “at” that is of it
_ARTICLES = {"the", "a", "an", "his", "her", "their", "my", "our"}
_SMALL = {"and", "of", "the", "de", "le", "la", "on", "in", "for"}  # words of a name that have no capital
_LIKE_A_VERB = re.compile(r"\w{3,}ing|\w{3,}ed")  # “Pending” and “Ended”, though not “King” and “Fred”
_TAKEN = "|"  # stands for a word of what was found already


@dataclass(frozen=True)
class Reading:
    """The phrase for an activity that a cell has, with its code, and why it is not read so; each empty where there is none."""

    phrase: str = ""
    code: str = ""
    why_not: str = ""


def read_words(printed: str, vocabulary: Vocabulary) -> Reading:
    """What the words of a cell mean: of several phrases those left aside that only name where an activity is.

    Phrases of two codes mean neither, but where one of them says no more than that it is of the other's kind, which the first
    figures of codes tell; nor does a phrase beside which stands anything that is not harmless.
    """
    cell = _Cell(printed, vocabulary)
    names = cell.names()
    phrases = [found for found in cell.found if found.code]
    if not phrases:
        return Reading()
    meant = [found for found in phrases if names.isdisjoint(found.places)] or phrases
    first = _says_most(meant, vocabulary.beside.less_said)
    against = phrases if first.code in vocabulary.beside.at_no_place else meant
    for another in against:
        if another.code != first.code and not _says_less(another, first, vocabulary.beside.less_said):
            return _not(first, f"it says “{cell.printed(first.places)}” and “{cell.printed(another.places)}”")
    if name := cell.no_college(first):
        return _not(first, f"“{name}” is the name of a place, which does not say what they do there")
    unknown = cell.unknown(names)
    return Reading(first.phrase, first.code, f"beside “{cell.printed(first.places)}” it says {unknown}" if unknown else "")


@dataclass(frozen=True)
class _Found:
    """A phrase, its code, which what is harmless has not, and the places of its words among those of the cell."""

    phrase: str
    code: str
    places: range


def _says_most(meant: Sequence[_Found], less_said: Collection[str]) -> _Found:
    """The longest phrase, or another of its kind that says more."""
    return next((found for found in meant if _says_less(meant[0], found, less_said)), meant[0])


def _says_less(one: _Found, than: _Found, less_said: Collection[str]) -> bool:
    return one.code in less_said and than.code not in less_said and one.code[0] == than.code[0]


def _not(found: _Found, why: str) -> Reading:
    return Reading(found.phrase, found.code, why)


class _Cell:
    """The words of a cell, in small letters, with the phrases that stand there, the longest first."""

    def __init__(self, printed: str, vocabulary: Vocabulary) -> None:
        self._text = re.sub(r"['’]", "", printed).replace("@", " at ")
        self._at = list(_WORD.finditer(self._text))
        self._vocabulary = vocabulary
        self._words = [at[0].lower() for at in self._at]
        self.found = list(_standing_in(self._words, vocabulary.in_activities))
        # Whoever writes “Job At Tesco”, or all in capitals, tells no names by them.
        prepositions = _SMALL | vocabulary.beside.before_any_name | vocabulary.beside.before_names
        self._capitals_tell = not self._text.isupper() and not any(
            at[0][0].isupper() for at, word in zip(self._at[1:], self._words[1:], strict=True) if word in prepositions)
        self._by_place = {place: found for found in self.found for place in found.places}

    def printed(self, places: Sequence[int]) -> str:
        """Words that follow one another, as they are printed."""
        return self._text[self._at[places[0]].start():self._at[places[-1]].end()]

    def names(self) -> set[int]:
        """The places of words that say where an activity is, with the words such as “at” before them."""
        found = {place for run in self._known() for place in run}
        last = -1
        for place in range(len(self._words)):
            if place > last and (name := self._behind(place)):
                last = name[-1]
                found.update(name)
        return found

    def unknown(self, names: Collection[int]) -> str:
        """What is not harmless: words of no phrase and no name, words that deny what stands beside them, and doubt; in quotes."""
        others = [_TAKEN if self._phrase(place) else word for place, word in enumerate(self._words)]
        denies = {place for found in _standing_in(others, self._vocabulary.denying) for place in found.places}
        runs: list[list[int]] = []
        for place, word in enumerate(self._words):
            if place in denies or not (place in self._by_place or place in names or self._is_number_or_time(word)):
                if runs and runs[-1][-1] == place - 1:
                    runs[-1].append(place)
                else:
                    runs.append([place])
        told = [*map(self.printed, runs), *([_DOUBT] if _DOUBT in self._text else [])]
        return " and ".join(f"“{words}”" for words in told)

    def _is_number_or_time(self, word: str) -> bool:
        """Whether a word is a number that says no code, or a month or year since which something has been so."""
        if word in self._vocabulary.beside.times or _A_YEAR.fullmatch(word):
            return any(f" {since} " in f" {' '.join(self._words)} " for since in self._vocabulary.beside.since)
        return bool(_NUMBERED.fullmatch(word))

    def no_college(self, found: _Found) -> str:
        """The known name of a place, other than a college, in which a phrase for studying at one stands; empty in none."""
        if found.code not in self._vocabulary.beside.of_colleges:
            return ""
        for run in self._known():
            name = " ".join(self._words[place] for place in run)
            if name not in self._vocabulary.colleges and set(found.places) <= set(run):
                return self.printed(run)
        return ""

    def _phrase(self, place: int) -> _Found | None:
        """The phrase for an activity of which a word is."""
        found = self._by_place.get(place)
        return found if found and found.code else None

    def _known(self) -> Iterator[range]:
        """The names of places that we know."""
        many = len(self._words) if self._vocabulary.places else 0
        for first in range(many):
            for last in range(first + 2, many + 1):
                if " ".join(self._words[first:last]) in self._vocabulary.places:
                    yield range(first, last)

    def _behind(self, place: int) -> list[int]:
        """The words from one such as “at” to the end of what they name; empty where it is none, or names nothing.

        What follows “at” is what somebody is at, however it is written; behind “in”, as in “in doubt”, a name has a capital.
        """
        own, word = self._by_place.get(place), self._words[place]
        names_any, beside = word in self._vocabulary.beside.before_any_name, self._vocabulary.beside
        attached = bool(place and _ATTACHED.fullmatch(self._gap(place)))
        if own and own.places[0] == place and own.code:
            return list(own.places) if names_any and attached else []
        if not (names_any or word in beside.before_names) or (own and len(own.places) > 1):
            return []
        if word == "with" and place and self._words[place - 1] in beside.not_with:
            return []
        first = place + 1
        while first < len(self._words) and self._words[first] in _ARTICLES:
            first += 1
        if first == len(self._words) or not _GOES_ON.fullmatch(self._gap(first)):
            return []
        if self._phrase(first):
            return [*range(place, first), *self._by_place[first].places] if names_any and attached else []
        plain_word = not _LIKE_A_VERB.fullmatch(self._words[first])
        if not (plain_word if names_any else self._is_name(first) and first not in self._by_place):
            return []
        return [*range(place, first), *self._name(first, attached)]

    def _name(self, first: int, attached: bool) -> Iterator[int]:
        """A first word of a name and those that go on with it, of phrases for activities only where the name is of another."""
        yield first
        place = first + 1
        while place < len(self._words) and _GOES_ON.fullmatch(self._gap(place)):
            found, ahead = self._phrase(place), place + 1 if self._words[place] in _SMALL else place
            if found and attached:
                yield from found.places
                place = found.places[-1] + 1
            elif not found and ahead < len(self._words) and self._is_name(ahead):
                yield from range(place, ahead + 1)
                place = ahead + 1
            else:
                return

    def _is_name(self, place: int) -> bool:
        """Whether a word is written as one of a name is, and is no month."""
        word, capital = self._words[place], self._capitals_tell and self._at[place][0][0].isupper()
        return capital and not _LIKE_A_VERB.fullmatch(word) and word not in self._vocabulary.beside.times

    def _gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        return self._text[self._at[place - 1].end():self._at[place].start()]


def _standing_in(words: Sequence[str], phrases: ByFirstWord) -> Iterator[_Found]:
    """Phrases that stand among some words, the longest first; no word is of two."""
    left = f" {' '.join(words)} "
    known = {phrase: code for word in words for phrase, code in phrases.get(word, {}).items()}
    for phrase in sorted(known, key=lambda phrase: (-len(phrase), phrase)):
        many = phrase.count(" ") + 1
        while (at := left.find(f" {phrase} ")) >= 0:
            first = left.count(" ", 0, at)
            left = left[:at] + f" {_TAKEN}" * many + left[at + len(phrase) + 1:]
            yield _Found(phrase, known[phrase], range(first, first + many))
