"""The monthly return as a previous system wrote it: its own order of elements, its own case, a namespace by the year."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from throughline.analytics.synthetic.files.returns import ELEMENTS, Month
from throughline.analytics.synthetic.files.smudges import Row

SUPPLIER, SUPPLIER_VERSION, SCHEMA_VERSION = "Harbourlight Tracking", "7.2", "1.0"
_LAST_OF_FINANCIAL_YEAR = 3  # March
_PERSONAL = ("family", "given", "middle", "birth", "gender", "ethnic_group", "uln", "upn")
_ACTIVITY = ("activity", "start", "verified", "ascertained", "lapses", "lapsed", "review", "end", "neet_since", "provider",
             "institution", "establishment")
_NEED = ("send", "support", "need")


def write_return(path: Path, area: str, month: Month, rows: Iterator[Row]) -> None:
    """The return as XML, a record at a time."""
    year = month.end.year if month.end.month > _LAST_OF_FINANCIAL_YEAR else month.end.year - 1
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(f'<nccis xmlns="urn:harbourlight:nccis:{year}-{(year + 1) % 100:02}">\n')
        file.write(_header(area, month.end))
        for row in rows:
            file.write(_record(row))
        file.write("</nccis>\n")


def _header(area: str, end: date) -> str:
    inner = (_element("SupplierName", SUPPLIER) + _element("SupplierXMLVersion", SUPPLIER_VERSION)
             + _element("XMLSchemaVersion", SCHEMA_VERSION) + _element("PeriodEnd", end.isoformat())
             + _element("DateOfSend", (end + timedelta(days=6)).isoformat())
             + _block("SourceLEAs", _element("LEACode", area)) + _block("Databases", _element("DatabaseID", area)))
    return _block("FileHeader", inner) + "\n"


def _record(row: Row) -> str:
    rest = [field for field in ELEMENTS if field not in (*_PERSONAL, *_ACTIVITY, *_NEED, "intended")]
    personal = _fields(row, [*rest[:2], *_PERSONAL, *rest[2:]])
    guarantee = "".join(
        _block(f"Year{year}", _element("LEACode", row["lead"]) + _element("GuaranteeStatus", row[f"guarantee_{year}"]))
        for year in (11, 12) if row[f"guarantee_{year}"]
    )
    held = "".join(_element("CharacteristicCode", code) for code in row["characteristics"].split(";") if code)
    return _block("YoungPersonsRecord", (
        _block("PersonalDetails", personal)
        + _block("LevelOfNeed", (_block("Characteristics", held) if held else "") + _fields(row, _NEED))
        + _block("SeptemberGuarantee", guarantee)
        + _block("IntendedDestination", _fields(row, ["intended"]))
        + _block("Activities", _block("Cohort", _fields(row, _ACTIVITY)))
    )) + "\n"


def _fields(row: Row, fields: Iterable[str]) -> str:
    return "".join(_element(ELEMENTS[field], row[field]) for field in fields)


def _cased(name: str) -> str:
    """A name in this supplier's case: its first letter small."""
    return name[0].lower() + name[1:]


def _element(name: str, text: str) -> str:
    return f"<{_cased(name)}>{escape(text)}</{_cased(name)}>" if text else f"<{_cased(name)}/>"


def _block(name: str, inner: str) -> str:
    return f"<{_cased(name)}>{inner}</{_cased(name)}>"
