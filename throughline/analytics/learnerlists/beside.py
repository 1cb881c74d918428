"""What stands in a cell beside the words for an activity: only where all of it is harmless is the activity read."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from throughline.analytics.learnerlists.months import months_in
from throughline.analytics.learnerlists.signs import other_signs
from throughline.analytics.learnerlists.vocabulary import ByFirstWord, Vocabulary, plain

_WORD = re.compile(r"[^\W_]+")
_A_NUMBER = re.compile(r"([1-9]|1[0-9])(st|nd|rd|th)?")  # 3, 2nd: a code has three figures, and 24 may be a year
_A_GROUP = re.compile(r"y(ea)?r?([1-9]|1[0-9])|l[1-9]")  # yr12, L3
_FIGURES = re.compile(r"\d+(st|nd|rd|th)?")
_A_YEAR = re.compile(r"[0-9]{4}")
_NUMBERED_TOGETHER = 2  # figures behind “year”, as in “Year 12/13”; a third is of a day
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
    unknown, code = cell.unknown(names, first), cell.in_part(first) or first.code
    return Reading(first.phrase, code, f"beside “{cell.printed(first.places)}” it says {unknown}" if unknown else "")


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
        self._plainly = [word if word.isascii() else plain(word) for word in self._words]
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

    def unknown(self, names: Collection[int], first: _Found) -> str:
        """What is not harmless, in quotes: words of no phrase and no name, words that deny what stands beside them, those that do
        not go with the phrase that comes first, and signs.
        """
        others = [_TAKEN if self._phrase(place) else word for place, word in enumerate(self._words)]
        harmless = {*self._by_place, *names, *self._harmless_numbers()}
        harmless -= _places(_standing_in(others, self._vocabulary.denying)) | self._traded(first).difference(names)
        if not self.in_part(first):
            harmless -= self._of_hours(first)
        runs: list[list[int]] = []
        for place in (place for place in range(len(self._words)) if place not in harmless):
            if runs and runs[-1][-1] == place - 1:
                runs[-1].append(place)
            else:
                runs.append([place])
        told = [*map(self.printed, runs), *other_signs(_WORD.sub(" ", self._text))]
        return " and ".join(f"“{words}”" for words in told)

    def in_part(self, first: _Found) -> str:
        """The code that a phrase means with the words for part time that stand beside it, its own where there are none; empty
        where they leave unsure what is part time.
        """
        beside, part = self._vocabulary.beside, self._places_of(self._vocabulary.part_time)
        if part and self._places_of(self._vocabulary.full_time):
            return ""
        said = part.difference(first.places)
        if not said or first.code in beside.in_part_too:
            return first.code
        return "" if any(map(self._phrase, said)) else beside.in_part.get(first.code, "")

    def _of_hours(self, first: _Found) -> set[int]:
        """The places of words for part time and full time that are not of a phrase."""
        words = self._vocabulary
        return (self._places_of(words.part_time) | self._places_of(words.full_time)).difference(first.places)

    def _places_of(self, phrases: ByFirstWord) -> set[int]:
        return _places(_standing_in(self._words, phrases))

    def _traded(self, first: _Found) -> set[int]:
        """The places of words for who works as what, or where, that do not go with a phrase."""
        beside = self._vocabulary.beside
        traded = [] if first.code in beside.trades_of else [found for found in self.found if found.phrase in beside.trades]
        return _places(traded)

    def _harmless_numbers(self) -> set[int]:
        """The places of numbers that say no code, no day and no time that may be to come: Y12 and L3, figures behind “year” and
        the like, one number that stands alone, and a month or year since which something has been so.
        """
        found = {place for place, word in enumerate(self._words) if _A_GROUP.fullmatch(word)}
        for run in self._runs_of_figures():
            numbered = run[0] and self._words[run[0] - 1] in self._vocabulary.beside.numbered
            groups = list(takewhile(self._is_a_number, run[:_NUMBERED_TOGETHER if numbered else 0]))
            rest = run[len(groups):]
            found.update(groups)
            if self._has_begun(rest) or (len(run) == 1 and self._is_a_number(run[0])):
                found.update(rest)
        return found

    def _is_a_number(self, place: int) -> bool:
        return bool(_A_NUMBER.fullmatch(self._words[place]))

    def _runs_of_figures(self) -> Iterator[list[int]]:
        """Figures and times that follow one another, whatever stands between them, and are of no phrase."""
        run: list[int] = []
        for place, word in enumerate(self._words):
            if place not in self._by_place and (_FIGURES.fullmatch(word) or word in self._vocabulary.beside.times):
                run.append(place)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _has_begun(self, run: Sequence[int]) -> bool:
        """Whether figures and times are months and years since which something has been so, by the day of the list."""
        words, day = [self._words[place] for place in run], self._vocabulary.day
        years = [int(word) for word in words if _A_YEAR.fullmatch(word)]
        if any(_FIGURES.fullmatch(word) and not _A_YEAR.fullmatch(word) for word in words) or not any(
                f" {since} " in f" {' '.join(self._words)} " for since in self._vocabulary.beside.since):
            return False
        if not years or not day:
            return not years
        _, times, _ = months_in(self.printed(run), is_name=False)
        last_month = 12 if len(years) < len(run) else 1  # a month whose year is not plain may be any of it
        begins = (times[0][0] or 0, times[0][1] or 0) if times else (max(years), last_month)
        return max(begins, (max(years), 1)) <= (day.year, day.month)

    def no_college(self, found: _Found) -> str:
        """The known name of a place, other than a college, in which a phrase for studying at one stands; empty in none."""
        if found.code not in self._vocabulary.beside.of_colleges:
            return ""
        for run in self._known():
            name = " ".join(self._plainly[place] for place in run)
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
                if " ".join(self._plainly[first:last]) in self._vocabulary.places:
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
        if named := self._phrase(first):
            return [*range(place, first), *named.places] if names_any and attached and named.code in beside.in_names else []
        if self._is_country(first):
            return []
        plain_word = not _LIKE_A_VERB.fullmatch(self._words[first])
        if not (plain_word if names_any else self._is_name(first) and first not in self._by_place):
            return []
        name = list(self._name(first, attached))
        after = self._words[name[-1] + 1:name[-1] + 2]
        return [] if word in beside.attended and after == ["at"] else [*range(place, first), *name]

    def _is_country(self, first: int) -> bool:
        """Whether a word begins the name of a country."""
        ahead = f"{' '.join(self._words[first:])} "
        return any(ahead.startswith(f"{country} ") for country in self._vocabulary.beside.countries)

    def _name(self, first: int, attached: bool) -> Iterator[int]:
        """A first word of a name and those that go on with it, of phrases for activities only where the name is of another."""
        yield first
        place = first + 1
        while place < len(self._words) and _GOES_ON.fullmatch(self._gap(place)):
            found, ahead = self._phrase(place), place + 1 if self._words[place] in _SMALL else place
            if found and attached and found.code in self._vocabulary.beside.in_names:
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


def _places(several: Iterable[_Found]) -> set[int]:
    return {place for found in several for place in found.places}


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
