"""Long runs over many small objects, none of which refer to each other in circles, without looking for such circles."""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P, R = ParamSpec("P"), TypeVar("R")


def uncollected(run: Callable[P, R]) -> Callable[P, R]:
    """Run something without Python's search for circles, which takes a third of the time of a file of 40,000 rows."""

    @wraps(run)
    def wrapped(*args: P.args, **words: P.kwargs) -> R:
        was = gc.isenabled()
        gc.disable()
        try:
            return run(*args, **words)
        finally:
            if was:
                gc.enable()

    return wrapped
