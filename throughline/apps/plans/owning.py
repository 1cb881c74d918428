"""Who owns what in a plan, and what nobody owns."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from throughline.apps.plans.plan_page import Row, Tally, tally


@dataclass
class Owned:
    """One owner: as the directory has them, or as printed where it does not, with their actions."""

    name: str
    party: int | None
    rows: list[Row] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """How their actions stand."""
        return tally(self.rows)


def owning(rows: Iterable[Row]) -> tuple[list[Owned], list[Row]]:
    """The owners by name, those of the directory first, and the actions without one."""
    found: dict[tuple[int | None, str], Owned] = {}
    nobody = []
    for row in rows:
        for owner in row.owners:
            key = (owner.party, "" if owner.party else owner.printed.casefold())
            found.setdefault(key, Owned(owner.name, owner.party)).rows.append(row)
        if not row.owners:
            nobody.append(row)
    return sorted(found.values(), key=lambda each: (each.party is None, each.name.casefold())), nobody
