"""What a return has where nobody has said it: an authority and a number must stand there, so it writes the likeliest.

Whoever reads a return takes nothing from it that stands there only so.
"""

NO_ADDRESS = "Address protected"  # the first line of an address that leaves the authority in no file
NO_ESTABLISHMENT = "9999"  # the last four digits of an establishment that is none
_OF_AREA = 3  # digits of an establishment's number that are its authority's


def area_of(establishment: str, area: str) -> str:
    """The authority that is written where none is said: the establishment's, and without one the returning authority."""
    return establishment[:_OF_AREA] or area
