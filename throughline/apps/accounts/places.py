"""What authorities, schools, colleges and providers are called, as the figures that were built last have them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from throughline.analytics.warehouse.connection import NoWarehouseError, Warehouse

COLLEGE = "further education"  # how the register of schools begins what kind a college is of, in small letters


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


def districts_from(area: str) -> list[tuple[str, str]]:
    """The code and the name of every district that there still is, those of an authority first; nothing without figures."""
    question = "SELECT district, name FROM district WHERE current ORDER BY area IS NOT DISTINCT FROM ? DESC, name, district"
    try:
        return [(row["district"], row["name"]) for row in warehouse_at(settings.WAREHOUSE).rows(question, area)]
    except NoWarehouseError:
        return []


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


def place_names(kind: str = "") -> frozenset[str]:
    """What the schools, colleges and providers that we know are called, or those of a kind, such as COLLEGE; nothing without
    figures.
    """
    question = "SELECT DISTINCT name FROM school WHERE starts_with(lower(coalesce(type, '')), ?)"
    try:
        return frozenset(row["name"] for row in warehouse_at(settings.WAREHOUSE).rows(question, kind))
    except NoWarehouseError:
        return frozenset()


def only_establishments(ukprns: Iterable[str]) -> dict[str, str]:
    """The establishment numbers of providers that have one that has not closed, and no other, by provider number."""
    return {ukprn: next(iter(known)) for ukprn, known in establishments_of(ukprns).items() if len(known) == 1}


def establishments_of(ukprns: Iterable[str]) -> dict[str, dict[str, str]]:
    """The establishments of providers that have not closed, by provider number: what each is called, by its own number.

    A college is sent to us under either number, and is one place where it has one only. Figures take it so too
    (by_establishment of the warehouse's inputs, which has no warehouse to ask yet: it is part of what builds one).
    """
    question = ("SELECT ukprn, laestab, name FROM school WHERE list_contains(?, ukprn) AND laestab <> '' AND status <> 'closed' "
                "ORDER BY laestab")
    wanted = tuple(sorted({number for number in ukprns if number}))
    try:
        found = warehouse_at(settings.WAREHOUSE).rows(question, wanted) if wanted else []
    except NoWarehouseError:
        return {}
    known: dict[str, dict[str, str]] = {}
    for row in found:
        known.setdefault(row["ukprn"], {})[row["laestab"]] = row["name"]
    return known


class Known(NamedTuple):
    """A school, college or provider of the directory; a number that it does not have is empty."""

    laestab: str
    ukprn: str
    name: str


def place_with(urn: str) -> Known | None:
    """The place that has a unique reference number, open or closed; None where we know of none."""
    try:
        found = warehouse_at(settings.WAREHOUSE).rows("SELECT laestab, ukprn, name FROM school WHERE urn = ?", urn)
    except NoWarehouseError:
        return None
    return next((Known(row["laestab"] or "", row["ukprn"] or "", row["name"]) for row in found), None)


def workplace_lines(establishment: str, ukprn: str) -> list[str]:
    """The place of work that an account names, a line a number: with what the directory of schools calls it, if it does."""
    names = school_names((establishment, ukprn))
    return [f"{names[number]}, {number}" if number in names else f"{number}, which no school or college that we know of has"
            for number in (establishment, ukprn) if number]
