"""What authorities, schools, colleges and providers are called, as the figures that were built last have them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from throughline.analytics.warehouse.connection import NoWarehouseError, Warehouse


@lru_cache(maxsize=2)
def warehouse_at(path: Path) -> Warehouse:
    """The figures at a path, opened once."""
    return Warehouse(path)


def named_at() -> tuple[int, ...]:
    """What changes when the figures do that names are read from; nothing where none have been built."""
    try:
        return warehouse_at(settings.WAREHOUSE).stamp
    except NoWarehouseError:
        return ()


def called(question: str, code: str) -> str:
    """The name that a query of one code answers; the code where it answers none, or where no figures have been built."""
    try:
        found = warehouse_at(settings.WAREHOUSE).rows(question, code)
    except NoWarehouseError:
        return code
    return str(found[0]["name"]) if found else code


def authority_name(code: str) -> str:
    """The authority's name; its code where we know no name."""
    return called("SELECT name FROM area WHERE area = ?", code)


def is_authority(code: str) -> bool:
    """Whether an authority has this three-digit code today. Without figures there is nothing to know it by, and any has."""
    try:
        found = warehouse_at(settings.WAREHOUSE).rows("SELECT kind, abolished_on FROM area WHERE area = ?", code)
    except NoWarehouseError:
        return True
    return any(row["kind"] == "authority" and row["abolished_on"] is None for row in found)


def school_names(numbers: Iterable[str]) -> dict[str, str]:
    """What schools, colleges and providers are called, by establishment number or provider number; those we know."""
    wanted = tuple(sorted({number for number in numbers if number}))
    question = ("SELECT laestab, ukprn, name FROM school WHERE list_contains(?, laestab) OR list_contains(?, ukprn) "
                "ORDER BY status <> 'closed', urn")
    try:
        found = warehouse_at(settings.WAREHOUSE).rows(question, wanted, wanted)
    except NoWarehouseError:
        return {}
    return {number: row["name"] for row in found for number in (row["ukprn"], row["laestab"]) if number in wanted}


def only_establishments(ukprns: Iterable[str]) -> dict[str, str]:
    """The establishment numbers of providers that have one that has not closed, and no other, by provider number.

    A college is sent to us under either number, and is one place; figures take it so too (by_establishment of the warehouse's
    inputs).
    """
    question = ("SELECT ukprn, min(laestab) AS laestab FROM school WHERE list_contains(?, ukprn) AND laestab <> '' "
                "AND status <> 'closed' GROUP BY ukprn HAVING count(*) = 1")
    wanted = tuple(sorted({number for number in ukprns if number}))
    try:
        found = warehouse_at(settings.WAREHOUSE).rows(question, wanted) if wanted else []
    except NoWarehouseError:
        return {}
    return {row["ukprn"]: row["laestab"] for row in found}


class Known(NamedTuple):
    """A school, college or provider of the directory; a number that it does not have is empty."""

    laestab: str
    ukprn: str
    name: str


def places_with(*, urn: str = "", ukprn: str = "") -> list[Known]:
    """The places that have a unique reference number or a provider number: those that are open, if any of them is."""
    question = "SELECT laestab, ukprn, name, status <> 'closed' AS is_open FROM school WHERE urn = ? OR ukprn = ? ORDER BY urn"
    try:
        found = warehouse_at(settings.WAREHOUSE).rows(question, urn, ukprn)
    except NoWarehouseError:
        return []
    still = [row for row in found if row["is_open"]] or found
    return [Known(row["laestab"] or "", row["ukprn"] or "", row["name"]) for row in still]


def workplace_lines(establishment: str, ukprn: str) -> list[str]:
    """The place of work that an account names, a line a number: with what the directory of schools calls it, if it does."""
    names = school_names((establishment, ukprn))
    return [f"{names[number]}, {number}" if number in names else f"{number}, which no school or college that we know of has"
            for number in (establishment, ukprn) if number]
