"""What a file's header must say before any of its records can be checked."""

from collections.abc import Mapping, Sequence
from datetime import date

from throughline.analytics.formats.nccis.days import as_day
from throughline.analytics.formats.nccis.record import Header
from throughline.core.problems import Problem, RefusedFileError

CONTAINERS = {"databases", "sourceleas"}
LEAVES = {
    "databaseid": "DatabaseID",
    "leacode": "LEACode",
    "dateofsend": "DateOfSend",
    "periodend": "PeriodEnd",
    "suppliername": "SupplierName",
    "supplierxmlversion": "SupplierXMLVersion",
    "xmlschemaversion": "XMLSchemaVersion",
}


def as_header(given: Mapping[str, Sequence[str]], file: str, line: int) -> Header:
    """A header from what was printed in it: lists of values by the names of LEAVES.

    Raises RefusedFileError naming everything that is missing or cannot be read. Authorities alone may be missing: then
    every record is of an authority that the header does not name.
    """
    problems: list[Problem] = []

    def refuse(field: str, value: str, rule: str, remedy: str) -> None:
        problems.append(Problem(file, line, field, value, rule, remedy))

    def day(name: str) -> date:
        printed = next(iter(given.get(name, ())), "")
        read = as_day(printed)
        if read is None:
            refuse(LEAVES[name], printed, f"a {LEAVES[name]} that can be read", "give a day of the calendar, as year-month-day")
        return read or date.min

    for name in ("databaseid", "leacode"):
        for value in given.get(name, ()):
            if not (value.isascii() and value.isdecimal()):
                refuse(LEAVES[name], value, f"a {LEAVES[name]} made of digits", "write it in digits only, such as 123")
    if not given.get("databaseid"):
        refuse("DatabaseID", "", "a DatabaseID", "give the number of the database that the records come from")
    sent, period_end = day("dateofsend"), day("periodend")
    if problems:
        raise RefusedFileError(problems)

    def one(name: str) -> str:
        return next(iter(given.get(name, ())), "")

    return Header(tuple(given["databaseid"]), tuple(given.get("leacode", ())), sent, period_end, one("suppliername"),
                  one("supplierxmlversion"), one("xmlschemaversion"))
