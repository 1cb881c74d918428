"""Pupil and learner numbers by their own rules, many at once, each of one learner only.

Sources: the department's rules for unique pupil numbers, and the Learning Records Service's for unique learner numbers.
"""

import numpy as np

from throughline.analytics.synthetic.draws import Ints

_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
_PRIMARIES, _FIRST_PRIMARY = 1700, 2000
_ULN_FIRST, _ULN_ROOM, _ULN_STEP = 97_000_000, 2_999_999, 1_234_577


def pupil_numbers(area: str, learners: Ints, entry_years: Ints) -> list[str]:
    """Unique pupil numbers: letter, authority, school, year of entry and serial. learners are below 1.7 million."""
    school = _FIRST_PRIMARY + (learners // 1000) % _PRIMARIES
    digits = np.column_stack([
        *(np.full(len(learners), int(digit)) for digit in area),
        *_digits(school, 4), *_digits(entry_years % 100, 2), *_digits(learners % 1000, 3),
    ])
    letters = _LETTERS[(digits @ np.arange(2, 14)) % len(_LETTERS)]
    return [letter + "".join(map(str, row)) for letter, row in zip(letters.tolist(), digits.tolist(), strict=True)]


def learner_numbers(learners: Ints) -> list[str]:
    """Unique learner numbers. A ninth digit of nought whose remainder would be nought is put up to one."""
    eight = _ULN_FIRST + (learners * _ULN_STEP) % _ULN_ROOM
    weighed = np.column_stack(_digits(eight, 8)) @ np.arange(10, 2, -1)
    ninth = (weighed % 11 == 0).astype(np.int64)
    check = 10 - (weighed + 2 * ninth) % 11
    return [str(number) for number in (eight * 100 + ninth * 10 + check).tolist()]


def _digits(numbers: Ints, count: int) -> list[Ints]:
    return [numbers // 10**place % 10 for place in range(count - 1, -1, -1)]
