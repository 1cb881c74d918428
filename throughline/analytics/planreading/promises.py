"""Lists in running text: which are lists of promises, and which of their entries promise to do something."""

import re
from enum import Enum
from functools import lru_cache

from throughline.analytics.planreading.vocabulary import Templates, any_of
from throughline.analytics.planreading.words import plain, sentences, words

_END = r"\s*[:;,–—-]*\s*$"


class Intro(Enum):
    """What the words above a list make of it."""

    ACTIONS = "each entry is an action"  # "We will:"
    ANNOUNCED = "each entry that promises is an action"  # "Future activities include:"
    PROMISE = "the words above are the action and the entries how"  # "We will support schools by:"
    DONE = "it tells what was done"
    NOTHING = "it says nothing of promises"


def read_intro(text: str, templates: Templates) -> Intro:
    """What the last sentence before a list makes of it."""
    last = (sentences(text) or [""])[-1]
    if _lists(templates).search(last):
        return Intro.ACTIONS
    if templates.pattern("sections", "promises", "done").search(last):
        return Intro.DONE
    if templates.pattern("sections", "promises", "announced").search(last):
        return Intro.ACTIONS if templates.pattern("sections", "promises", "future").search(last) else Intro.ANNOUNCED
    if templates.pattern("sections", "promises", "will").search(last) or promises(last, templates):
        return Intro.PROMISE
    return Intro.NOTHING


def last_sentence(text: str) -> str:
    """The sentence before a list, without the colon or the dash that leads to it."""
    return re.sub(_END, "", (sentences(text) or [""])[-1])


def promises(entry: str, templates: Templates) -> bool:
    """Whether words say that something will be done."""
    return bool(templates.pattern("sections", "promises", "words").search(plain(entry)))


def opens_with_a_verb(entry: str, templates: Templates) -> bool:
    """Whether an entry begins with what is to be done: "Develop …", "Developing …"."""
    return bool(set(words(entry)[:1]) & _verbs(templates)) or plain(entry).casefold().startswith("co-ordinat")


@lru_cache(maxsize=4)
def _verbs(templates: Templates) -> frozenset[str]:
    return frozenset(templates.words("sections", "promises", "verbs"))


@lru_cache(maxsize=4)
def _lists(templates: Templates) -> re.Pattern[str]:
    return re.compile(any_of(templates.words("sections", "promises", "lists")) + _END, re.IGNORECASE)
