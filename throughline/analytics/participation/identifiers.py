"""Whether the numbers by which people and places are known are what they say, each by its own algorithm.

Each question answers None for a number that is right, and otherwise a sentence that says what is wrong and what would be
right. A number that is right may still be nobody's. Sources: the Government Data Standards Catalogue for the unique pupil
number, the Learning Records Service for the unique learner number, Get Information about Schools for the rest.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.gb import upn

_UPN_LENGTH = 13
_FIRST_UPNS = 97  # the first year in which any were given out, of the last century
_ULN_WEIGHTS = range(10, 1, -1)
_DATABASE_DIGITS, OWN_DIGITS = 3, 10  # of an identifier of the return: the database's, and the young person's own
_PLACEHOLDER_ULN = "9999999999"  # what colleges return for somebody who has none yet


def upn_fault(value: str, more_authorities: Mapping[str, date | None] | None = None) -> str | None:
    """What is wrong with a unique pupil number.

    more_authorities are those that the library's list of them lacks, each with its last day, None where it goes on: a number
    that it gave out before stays right.
    """
    number = upn.compact(value)
    if len(number) != _UPN_LENGTH:
        return f"A unique pupil number has 13 characters; this has {len(number)}"
    try:
        upn.validate(number)
    except InvalidComponent:
        authority, more = number[1:4], more_authorities or {}
        if authority not in more:
            return f"Its second to fourth characters are those of an authority, and {authority} is none. Check them"
        if (last := more[authority]) and _given_from(number) > last:
            return f"It says that authority {authority} gave it out in {_given_from(number).year}, when it was no more. Check it"
        return None if upn.calc_check_digit(number[1:]) == number[0] else _wrong_letter(number)
    except InvalidChecksum:
        return _wrong_letter(number)
    except ValidationError:
        return ("A unique pupil number is a letter and then twelve digits, of which the last may be a letter; I, O and S are "
                "not used")
    return None


def _given_from(number: str) -> date:
    """The first day on which a unique pupil number may have been given out: of the year that its ninth and tenth digits say."""
    year = int(number[8:10])
    return date((2000 if year < _FIRST_UPNS else 1900) + year, 1, 1)


def _wrong_letter(number: str) -> str:
    return f"Its first letter does not fit the rest: with these digits it would be {upn.calc_check_digit(number[1:])}. Check each"


def uln_fault(value: str) -> str | None:
    """What is wrong with a unique learner number: ten digits, of which the last checks the others."""
    number = re.sub(r"\s", "", value)
    if not re.fullmatch(r"[0-9]{10}", number):
        return "A unique learner number is ten digits"
    if number == _PLACEHOLDER_ULN:
        return "9999999999 stands for having no number yet. Leave it empty"
    if number[0] == "0":
        return "A unique learner number does not begin with 0"
    left = sum(int(digit) * weight for digit, weight in zip(number, _ULN_WEIGHTS, strict=False)) % 11
    if left == 0 or int(number[-1]) != 10 - left:
        return "Its last digit does not fit the others. Check each digit"
    return None


def urn_fault(value: str) -> str | None:
    """What is wrong with a school's unique reference number: six digits, the first a 1."""
    fits = re.fullmatch(r"1[0-9]{5}", value.strip())
    return None if fits else "A school's unique reference number is six digits, the first a 1"


def establishment_fault(value: str, authorities: Collection[str] = ()) -> str | None:
    """What is wrong with an establishment number: an authority's three digits and the place's own four.

    authorities are the numbers there are; without them any three digits will do.
    """
    number = re.sub(r"[\s/]", "", value)
    if not re.fullmatch(r"[0-9]{7}", number):
        return "An establishment number is seven digits: three of the authority and four of the place, such as 3914999"
    if authorities and number[:3] not in authorities:
        return f"Its first three digits are an authority's, and {number[:3]} is none. Check them"
    return None


def ukprn_fault(value: str) -> str | None:
    """What is wrong with a UK provider reference number: eight digits, the first a 1."""
    return None if re.fullmatch(r"1[0-9]{7}", value.strip()) else "A UK provider reference number is eight digits, the first a 1"


def young_persons_id_fault(value: str) -> str | None:
    """What is wrong with an identifier of the return: three digits of the database and ten of the person."""
    return None if re.fullmatch(r"[0-9]{13}", value.strip()) else "A young person's identifier is thirteen digits"


def in_own_digits(number: int) -> str:
    """A young person's number as an identifier of the return carries it: in ten digits."""
    return f"{number:0{OWN_DIGITS}d}"


def own_digits(identifier: str) -> str:
    """What of an identifier of the return is the young person's own: the ten digits behind the database's three."""
    return identifier[_DATABASE_DIGITS:]


FAULTS: Mapping[str, Callable[[str], str | None]] = {
    "upn": upn_fault, "previous_upn": upn_fault, "uln": uln_fault, "urn": urn_fault, "establishment": establishment_fault,
    "ukprn": ukprn_fault, "young_persons_id": young_persons_id_fault, "previous_young_persons_id": young_persons_id_fault,
}


def tidy(scheme: str, value: str) -> str:
    """A number as it is kept: without the spaces and strokes it was printed with, its letters capitals."""
    kept = "".join(value.split()).upper()
    return kept.replace("/", "") if scheme == "establishment" else kept
