"""Which codes go the same way: the groups of histories.toml, looked up for many codes at once."""

from collections.abc import Mapping, Sequence

import numpy as np

from throughline.analytics.synthetic.draws import Ints

_HIGHEST_CODE = 1000


class Groups:
    """The groups as stated: the codes of each by its name."""

    def __init__(self, stated: Mapping[str, Sequence[int]]) -> None:
        self.names = np.array([*stated, ""])
        self._of_code = np.full(_HIGHEST_CODE, len(stated))
        for position, codes in enumerate(stated.values()):
            self._of_code[codes] = position

    def of(self, codes: Ints) -> np.ndarray:
        """The name of each code's group; nothing for a code of none."""
        return self.names[self._of_code[codes]]
