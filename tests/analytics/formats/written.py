"""Small files written for a test: a CSV from a table typed in the test, a workbook, a zip."""

import zipfile
from pathlib import Path

import openpyxl


def csv_of(path: Path, table: str) -> Path:
    """A CSV file from a table typed with | between cells; the spaces around a cell are the table's, not the cell's."""
    path.write_bytes(as_csv(table))
    return path


def as_csv(table: str) -> bytes:
    """What csv_of writes."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return "".join(",".join(row) + "\n" for row in rows).encode()


def workbook_of(path: Path, rows: list[list]) -> Path:
    """An Excel workbook of one sheet."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def zip_of(path: Path, *members: Path) -> Path:
    """A zip of files under their own names."""
    with zipfile.ZipFile(path, "w") as packed:
        for member in members:
            packed.write(member, member.name)
    return path
