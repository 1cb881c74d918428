"""Finds an area by any code it has ever had, or by its name."""

from dataclasses import dataclass
from datetime import date

from throughline.analytics.warehouse.connection import Warehouse
from throughline.core.nearest import nearest


@dataclass(frozen=True)
class Area:
    """An authority, a region or England; region and successors are three-digit codes."""

    area: str
    code9: str | None
    name: str
    kind: str
    region: str | None
    wider_region: str | None
    abolished_on: date | None
    successors: tuple[str, ...]

    @property
    def is_authority(self) -> bool:
        """Whether it is a local authority, abolished ones included."""
        return self.kind == "authority"


class UnknownAreaError(LookupError):
    """Raised when no area has a code or name; its message gives the nearest matches."""

    def __init__(self, asked: str, matches: list[str]) -> None:
        meant = f" Did you mean {' or '.join(matches)}?" if matches else ""
        super().__init__(f"No area has the code or name “{asked}”.{meant}")


def all_areas(warehouse: Warehouse) -> dict[str, Area]:
    """Every area by its three-digit code, in order of name."""
    rows = warehouse.rows("SELECT * FROM area ORDER BY name")
    return {row["area"]: Area(**{**row, "successors": tuple((row["successors"] or "").split())}) for row in rows}


def authorities(warehouse: Warehouse) -> list[Area]:
    """The authorities, in order of name; those abolished come last."""
    found = [area for area in all_areas(warehouse).values() if area.is_authority]
    return sorted(found, key=lambda area: (area.abolished_on is not None, area.name))


def find_area(warehouse: Warehouse, asked: str) -> Area:
    """The area with this three-digit code, nine-character code or name; case does not matter.

    Raises UnknownAreaError with the nearest matches.
    """
    areas = all_areas(warehouse)
    term = asked.strip()
    code = _codes(warehouse).get(term.upper())
    if code in areas:
        return areas[code]
    for area in areas.values():
        if area.name.lower() == term.lower():
            return area
    by_name = {area.name: area for area in areas.values()}
    alike = [by_name[name] for name in nearest(term, by_name)]
    if any(letter.isdigit() for letter in term):
        codes = _codes(warehouse)
        alike += [areas[codes[code]] for code in nearest(term.upper(), codes) if codes[code] in areas]
    raise UnknownAreaError(asked, [f"{area.name} ({area.area})" for area in dict.fromkeys(alike)][:3])


def _codes(warehouse: Warehouse) -> dict[str, str]:
    return {row["code"].upper(): row["area"] for row in warehouse.rows("SELECT code, area FROM area_code")}
