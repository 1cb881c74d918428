"""What is read beside everything that officers said otherwise already: a refusal names what of it is in the way."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from throughline.core.problems import RefusedFileError

Other = TypeVar("Other")
Read = TypeVar("Read")


def read_beside(others: Sequence[Other], read: Callable[[Sequence[Other]], Read], told: Callable[[Other], str]) -> Read:
    """What is read with all that was said otherwise.

    Raises RefusedFileError where it makes no sense. Where it would without the others, the remedy tells which are in the way:
    each without which alone it would, or all of them where there is none such.
    """
    try:
        return read(others)
    except RefusedFileError as error:
        if not others or not _makes_sense(read, ()):
            raise
        in_the_way = [each for each in others if _makes_sense(read, [one for one in others if one is not each])]
        problem, which = error.problems[0], "; ".join(map(told, in_the_way or others))
        remedy = f"{problem.remedy}. It is in the way that officers said otherwise: {which}. Change or take that back first"
        raise RefusedFileError([replace(problem, remedy=remedy)]) from error


def _makes_sense(read: Callable[[Sequence[Other]], Read], others: Sequence[Other]) -> bool:
    try:
        read(others)
    except RefusedFileError:
        return False
    return True
