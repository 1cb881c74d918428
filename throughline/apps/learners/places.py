"""What places are called: districts by their nine-character code, schools by their number, authorities by their three digits."""

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


def school_name(code: str) -> str:
    """The school's name with its establishment number; the number alone where we know no name."""
    name = _called("SELECT name FROM school WHERE laestab = ?", code)
    return name if name == code else f"{name}, {code}"


def authority_name(code: str) -> str:
    """The authority's name; its code where we know no name."""
    return _called("SELECT name FROM area WHERE area = ?", code)


def _called(question: str, code: str) -> str:
    try:
        found = _warehouse(settings.WAREHOUSE).rows(question, code)
    except NoWarehouseError:
        return code
    return str(found[0]["name"]) if found else code
