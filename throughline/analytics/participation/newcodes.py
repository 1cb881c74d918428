"""Whether something could be a code of a list: whether it is written as the codes are that the list has."""

import re
from collections.abc import Iterable

from throughline.analytics.participation.codesets import CodeSet

LONGEST_WORD = 20  # characters of a code in words that a record has room for
_KINDS = (
    ("digit", re.compile(r"[0-9]+")),
    ("capital letter", re.compile(r"[A-Z]+")),
)
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
