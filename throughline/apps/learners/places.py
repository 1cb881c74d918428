"""What places are called, and in which district a postcode lies as the directory says that was loaded last."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from throughline.analytics.formats.postcodes import spaced
from throughline.analytics.warehouse.connection import NoWarehouseError, Warehouse
from throughline.apps.learners.models import Postcode

_AT_ONCE = 900  # what an SQLite statement takes without complaint


@lru_cache(maxsize=2)
def _warehouse(path: Path) -> Warehouse:
    return Warehouse(path)


def district_name(code: str) -> str:
    """The district's name; its code where we know no name."""
    return _called("SELECT name FROM district WHERE district = ?", code)


def school_name(code: str) -> str:
    """The school's name with its establishment number; the number alone where we know no name."""
    name = _called("SELECT name FROM school WHERE laestab = ?", code)
    return name if name == code else f"{name}, {code}"


def place_name(said: str, number: str) -> str:
    """What a school, college or provider is called: as somebody said, or as the directory of schools has its number."""
    return said or (school_names([number]).get(number, number) if number else "")


def authority_name(code: str) -> str:
    """The authority's name; its code where we know no name."""
    return _called("SELECT name FROM area WHERE area = ?", code)


def districts_at(postcodes: Collection[str]) -> dict[str, str]:
    """The district's code of each of these postcodes that the directory has, by the postcode as it was given."""
    as_given = {given: spaced(given) for given in postcodes}
    wanted, lies = sorted(set(as_given.values()) - {""}), dict[str, str]()
    for first in range(0, len(wanted), _AT_ONCE):
        rows = Postcode.objects.filter(postcode__in=wanted[first:first + _AT_ONCE])
        lies |= dict(rows.values_list("postcode", "district"))
    return {given: lies[code] for given, code in as_given.items() if code in lies}


def district_at(postcode: str) -> str:
    """The district's code of one postcode; empty where the directory does not have it."""
    return districts_at([postcode]).get(postcode, "")


def school_names(numbers: Iterable[str]) -> dict[str, str]:
    """What schools, colleges and providers are called, by establishment number or provider number; those we know."""
    wanted = tuple(sorted({number for number in numbers if number}))
    question = ("SELECT laestab, ukprn, name FROM school WHERE list_contains(?, laestab) OR list_contains(?, ukprn) "
                "ORDER BY status <> 'closed', urn")
    try:
        found = _warehouse(settings.WAREHOUSE).rows(question, wanted, wanted)
    except NoWarehouseError:
        return {}
    return {number: row["name"] for row in found for number in (row["ukprn"], row["laestab"]) if number in wanted}


def _called(question: str, code: str) -> str:
    try:
        found = _warehouse(settings.WAREHOUSE).rows(question, code)
    except NoWarehouseError:
        return code
    return str(found[0]["name"]) if found else code
