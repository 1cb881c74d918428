"""Whether something could be a code of a list: whether it is written, and said of it, as of the codes that the list has."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from throughline.analytics.participation.codesets import Code, CodeSet

LONGEST_WORD = 20  # characters of a code in words that a record has room for
_KINDS = (
    ("digit", re.compile(r"[0-9]+")),
    ("capital letter", re.compile(r"[A-Z]+")),
)
# Pairs of columns that say one thing twice: a new code has of both what some code of the list has.
_TOGETHER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "activity": (("family", "group"), ("group", "participation_type"), ("group", "duty_class")),
}
_WORDS = re.compile(r"[a-z]+(_[a-z]+)*")


def fault_of_code(listed: CodeSet, code: str) -> str | None:
    """What is wrong with a new code: it must be of as many digits or capital letters as one that the list has, or, where the
    list's codes are words, of small letters with _ between the words. None for a code that is written as they are.
    """
    codes = list(listed.by_code)
    for kind, pattern in _KINDS:
        if all(pattern.fullmatch(each) for each in codes):
            lengths = sorted({len(each) for each in codes})
            if pattern.fullmatch(code) and len(code) in lengths:
                return None
            return f"A code of this list is {_counted(lengths, kind)}, such as {codes[0]}"
    if _WORDS.fullmatch(code) and len(code) <= LONGEST_WORD:
        return None
    return f"A code of this list is small letters with _ between words, {LONGEST_WORD} characters at most, such as {codes[0]}"


def _counted(lengths: Iterable[int], kind: str) -> str:
    said = [str(length) for length in lengths]
    return f"{' or '.join(said)} {kind}{'' if said == ['1'] else 's'}"


def never_together(listed: CodeSet, says: Mapping[str, str]) -> tuple[str, str] | None:
    """The first two columns of which a new code says what no code of the list has in both; None where there are none such."""
    return next(((one, other) for one, other in _TOGETHER.get(listed.name, ())
                 if not any((line.facts[one], line.facts[other]) == (says[one], says[other]) for line in listed.lines)), None)


def alike_in_name(listed: CodeSet, new: Code) -> str | None:
    """Another code that is called as a new one on any day on which both may be used; None where there is none such."""
    def at_once(line: Code) -> bool:
        return ((line.valid_from or date.min) <= (new.valid_to or date.max)
                and (new.valid_from or date.min) <= (line.valid_to or date.max))

    called = new.label.casefold().strip()
    return next((line.code for line in listed.lines if line.label.casefold().strip() == called and at_once(line)), None)
