"""What places are called, and in which district a postcode lies as the directory says that was loaded last."""

from collections.abc import Collection, Iterable

from throughline.analytics.formats.postcodes import spaced
from throughline.analytics.participation.breakdowns import NOT_KNOWN
from throughline.apps.accounts.places import called, school_names
from throughline.apps.learners.models import Postcode

_AT_ONCE = 900  # what an SQLite statement takes without complaint


def district_name(code: str) -> str:
    """The district's name; its code where we know no name; of NOT_KNOWN that, as figures by district say it."""
    return "Not known" if code == NOT_KNOWN else called("SELECT name FROM district WHERE district = ?", code)


def district_alone(code: str) -> str:
    """The same where nothing beside it says that it is a district's."""
    return "District not known" if code == NOT_KNOWN else district_name(code)


def district_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """The code and the name of each district to choose from, by name, NOT_KNOWN last."""
    return sorted(((code, district_name(code)) for code in codes), key=lambda one: (one[0] == NOT_KNOWN, one[1], one[0]))


def school_name(code: str) -> str:
    """The school's name with its establishment number; the number alone where we know no name."""
    name = called("SELECT name FROM school WHERE laestab = ?", code)
    return name if name == code else f"{name}, {code}"


def place_name(said: str, number: str) -> str:
    """What a school, college or provider is called: as somebody said, or as the directory of schools has its number."""
    return said or (school_names([number]).get(number, number) if number else "")


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
