"""Element names as suppliers write them: in any case, with a namespace's prefix or without, and with attributes."""

import re

from throughline.analytics.formats.nccis.record import ELEMENTS, FIELD_OF, WITHDRAWN

ROOT = "nccis"  # and what may follow it, as in NCCIS2019
RECORD = "youngpersonsrecord"
HEADER = "fileheader"
YEARS = ("year11", "year12")
CODE = "characteristiccode"
CODES = "characteristics"
SPACE = " \t\r\n"  # what counts as space in XML
LONGEST = 100_000  # characters of one element
_PARTS = ("YoungPersonsRecord", "PersonalDetails", "SeptemberGuarantee", "Year11", "Year12", "LevelOfNeed", "Characteristics",
          "Activities", "Cohort", "IntendedDestination")
CONTAINERS = {part.lower() for part in _PARTS}
# How the department spells what it knows.
_SPELT = {name.lower(): name for name in (*_PARTS, *(element.rpartition("/")[2] for element in ELEMENTS.values()))}
LEAVES = {name.rpartition("/")[2] for name in FIELD_OF} | WITHDRAWN
RECORD_START = re.compile(r"<(?:[\w.-]+:)?youngpersonsrecord(?:[ \t\r\n][^<>]*)?>", re.IGNORECASE)
RECORD_END = re.compile(r"</(?:[\w.-]+:)?youngpersonsrecord[ \t\r\n]*>", re.IGNORECASE)
# What no XML document may hold, and the one run of characters that text may not.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|]]>")
KNOWN_REFERENCE = re.compile(r"&(amp|lt|gt|quot|apos);")
REFERENCES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# An ampersand that starts no reference; what stands in CDATA and comments is passed over.
STRAY = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)", re.DOTALL)


def plain(name: str) -> str:
    """An element's name without prefix, in small letters."""
    return name.rpartition(":")[2].lower()


def spelt(name: str) -> str:
    """An element's name as the department spells it; without its prefix, as it stands, where it knows none such."""
    return _SPELT.get(plain(name), name.rpartition(":")[2])


def field_of(name: str, year: str) -> str | None:
    """The field of a Record that an element fills; year is the block of the guarantee it stands in, or empty.

    None for an element that fills none.
    """
    return FIELD_OF.get(f"{year}/{name}" if year else name)
