"""What places are called: districts by their nine-character code, authorities by their three digits, schools by number."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from throughline.analytics.warehouse.connection import NoWarehouseError, Warehouse


@lru_cache(maxsize=2)
def _warehouse(path: Path) -> Warehouse:
    return Warehouse(path)


def district_name(code: str) -> str:
    """The district's name; its code where we know no name."""
    return _called("SELECT name FROM district WHERE district = ?", code)


def authority_name(code: str) -> str:
    """The authority's name; its code where we know no name."""
    return _called("SELECT name FROM area WHERE area = ?", code)


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
