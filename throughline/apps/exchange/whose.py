"""Whose list it is, by whatever number is given of a school, college or provider."""

from typing import NamedTuple

from throughline.apps.accounts.places import establishments_of, place_with
from throughline.apps.exchange.read_by import fault
from throughline.apps.organisations.actions.amending import RefusedError

_URN, _ESTABLISHMENT, _UKPRN = 6, 7, 8  # digits of each
_WHICH = ("Give a school’s or college’s establishment number (seven digits), its URN (six), or a provider’s number, its UKPRN "
          "(eight)")


class Whose(NamedTuple):
    """The numbers by which the register has a place; either may be empty, and both are for a list that is nobody's."""

    establishment: str = ""
    ukprn: str = ""


def whose(number: str) -> Whose:
    """The place of a number. Raises RefusedError for one that can be none, and for one that does not tell which place it is.

    Of a provider's number the directory may know nothing, as of most independent training providers; a URN says no more than it
    does, so that the directory has to have it.
    """
    digits = "".join(sign for sign in number if sign not in " /-")
    if not digits:
        return Whose()
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (_URN, _ESTABLISHMENT, _UKPRN):
        raise _refused(f"“{number}” is no number of a school, college or provider. {_WHICH}")
    if len(digits) == _URN:
        return _with_urn(digits)
    if wrong := fault("establishment" if len(digits) == _ESTABLISHMENT else "ukprn", digits):
        raise _refused(f"“{number}” is no {'establishment' if len(digits) == _ESTABLISHMENT else 'provider'}: {wrong}")
    return Whose(digits) if len(digits) == _ESTABLISHMENT else Whose(_establishment_of(digits), digits)


def _with_urn(urn: str) -> Whose:
    found = place_with(urn)
    if found is None:
        raise _refused(f"“{urn}” is the URN of no school or college that we know of. Give its establishment number, seven digits")
    if not found.laestab and not found.ukprn:
        raise _refused(f"“{urn}” is the URN of {found.name}, of which we know neither an establishment number nor a provider "
                       "number. Give one of those")
    return Whose(found.laestab, "" if found.laestab else found.ukprn)


def _establishment_of(ukprn: str) -> str:
    """The establishment number that goes with a provider's number; empty where we know of none that is open."""
    known = establishments_of([ukprn]).get(ukprn, {})
    if len(known) > 1:
        several = " and ".join(f"{name}, {laestab}" for laestab, name in sorted(known.items()))
        raise _refused(f"“{ukprn}” is the provider number of {several}. Give the establishment number of the one that it is")
    return next(iter(known), "")


def _refused(sentence: str) -> RefusedError:
    return RefusedError(sentence, "establishment")
