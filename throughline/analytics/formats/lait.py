"""The Local Authority Interactive Tool's long store and its dictionary."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from throughline.analytics.formats.reading import Read, read_csv, require_columns
from throughline.analytics.warehouse.tables import INDICATOR, PUBLISHED_FIGURE
from throughline.core.periods import YEAR_CONVENTIONS, UnreadablePeriodError, parse_period
from throughline.core.problems import Problem, RefusedFileError
from throughline.core.statuses import SIGNIFICANT_PLACES, Status, read_value

DATASET = "lait"
_COLUMNS = {
    "Short Desc": "VARCHAR", "Years": "VARCHAR", "LA and Regions": "VARCHAR", "Values": "VARCHAR",
    "LA Number": "DOUBLE",
}
_DICTIONARY_COLUMNS = ("Measure", "Measure_short", "Polarity", "Last Update", "Next Update", "dps", "Year_Type",
                       "No_Quartile")
_POLARITY = {"High": "higher_is_better", "Low": "lower_is_better"}
_DECIMALS_UNSET = 1  # what the tool itself prints where the dictionary says nothing
_LONGEST_SERIAL = 5  # digits: to the year 2173
_EXCEL_DAY_ZERO = date(1899, 12, 30)


def read_dictionary(path: Path) -> Read:
    """The dictionary's facts as INDICATOR rows, one an indicator.

    An indicator printed under two topics keeps the row updated last. A year type we do not know is
    answered as a Problem and its row set aside. Raises RefusedFileError when a column is missing.
    """
    sheet = read_csv(path)
    require_columns(sheet, _DICTIONARY_COLUMNS)
    columns = [sheet.column(name) for name in _DICTIONARY_COLUMNS]
    rows: dict[str, dict] = {}
    problems: list[Problem] = []
    for line, *cells in zip(sheet.lines, *columns, strict=True):
        record = dict(zip(_DICTIONARY_COLUMNS, cells, strict=True))
        row = _indicator(record)
        if row["decimals"] is None:
            problems.append(Problem(path.name, line, "dps", record["dps"], "a whole number",
                                    "give how many decimal places to print; 1 is used meanwhile"))
            row["decimals"] = _DECIMALS_UNSET
        if row["year_type"] not in YEAR_CONVENTIONS:
            problems.append(Problem(path.name, line, "Year_Type", record["Year_Type"], "known year type",
                                    f"use one of {', '.join(YEAR_CONVENTIONS)}"))
            continue
        known = rows.get(row["indicator"])
        if known is None or (row["updated_on"] or date.min) > (known["updated_on"] or date.min):
            rows[row["indicator"]] = row
    return Read(INDICATOR.from_rows(list(rows.values())), problems)


def _indicator(record: dict[str, str]) -> dict:
    return {
        "dataset": DATASET,
        "indicator": record["Measure_short"],
        "title": " ".join(record["Measure"].split()),
        "polarity": _POLARITY.get(record["Polarity"], "none"),
        "decimals": _decimals(record["dps"]),
        "year_type": record["Year_Type"].strip().lower(),
        "updated_on": _excel_day(record["Last Update"]),
        "next_due": _excel_day(record["Next Update"]),
        "discontinued": "discontinue" in record["Next Update"].lower() or "no longer" in record["Next Update"].lower(),
        "no_quartiles": record["No_Quartile"] == "N",
    }


def _decimals(printed: str) -> int | None:
    """The decimal places to print: one where none are said, None where what is said is no whole number."""
    if printed in ("", "NA"):
        return _DECIMALS_UNSET
    try:
        return int(float(printed))
    except (ValueError, OverflowError):
        return None


def _excel_day(serial: str) -> date | None:
    """The dictionary's dates are Excel's count of days; words such as TBC stand where there is no date."""
    if not (serial.isascii() and serial.isdigit() and len(serial) <= _LONGEST_SERIAL):
        return None
    return _EXCEL_DAY_ZERO + timedelta(days=int(serial))


def read(path: Path, indicators: pa.Table, release: str, areas: pa.Table) -> Read:
    """The store as PUBLISHED_FIGURE rows, one an indicator, area, period and release status.

    indicators is what read_dictionary gave, areas an AREA table. Rows whose period, value, indicator or
    area cannot be read are answered one by one and set aside; the rest is loaded. Raises
    RefusedFileError when the file is not a store of this shape, or says the same thing twice.
    """
    with duckdb.connect() as connection:
        # Rows carry their line numbers, so they may be read out of turn, by both cores at once.
        connection.execute("SET preserve_insertion_order = false")
        _open(connection, path)
        connection.register("given_indicators", indicators)
        connection.execute("CREATE TABLE indicators AS SELECT indicator, year_type FROM given_indicators")
        # By number, since the store has numbers: no code has to be spelt out for each of its rows.
        connection.register("given_areas", areas)
        connection.execute("CREATE TABLE areas AS SELECT area, CAST(area AS DOUBLE) AS number FROM given_areas")
        problems = _look_up_periods(connection, path)
        problems += _look_up_symbols(connection, path)
        problems += _unknown_rows(connection, path)
        _refuse_repeats(connection, path)
        table = connection.sql(_SELECT, params=[DATASET, release]).to_arrow_table()
    return Read(table.cast(PUBLISHED_FIGURE.arrow_schema), problems)


def _open(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        connection.execute(f"CREATE VIEW raw AS SELECT * FROM read_parquet({_quoted(path)}, file_row_number = true)")
        found = {row[0] for row in connection.execute("DESCRIBE raw").fetchall()}
    except duckdb.Error as error:
        problem = Problem(path.name, None, "", "", "a Parquet file", "give the store as the tool publishes it")
        raise RefusedFileError([problem]) from error
    missing = [name for name in _COLUMNS if name not in found]
    if missing:
        raise RefusedFileError([_missing(path, name) for name in missing])
    columns = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in _COLUMNS.items())
    try:
        connection.execute(
            f"""
            CREATE TABLE store AS
            WITH read AS (
                SELECT file_row_number + 1 AS line, {columns}, TRY_CAST(trim(CAST("Values" AS VARCHAR)) AS DOUBLE) AS number
                FROM raw
            )
            SELECT line, "Short Desc", "Years", "LA Number",
                   CASE WHEN isfinite(number) THEN round(number, {SIGNIFICANT_PLACES}) END AS value,
                   CASE WHEN value IS NULL THEN trim("Values") END AS printed
            FROM read
            """
        )
    except duckdb.Error as error:
        problem = Problem(path.name, None, "LA Number", "", "a number", "the store's LA Number must be a whole number")
        raise RefusedFileError([problem]) from error


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _missing(path: Path, column: str) -> Problem:
    return Problem(path.name, 1, column, "", "column present", f"the file needs a column headed {column}")


_PERIODS = pa.schema([
    ("printed", pa.string()), ("year_type", pa.string()), ("label", pa.string()), ("kind", pa.string()),
    ("start", pa.date32()), ("end", pa.date32()), ("vintage", pa.string()),
])


def _look_up_periods(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Problem]:
    """Parse each spelling once for each year type, and answer the rows whose spelling cannot be read."""
    spelled = connection.execute(
        'SELECT DISTINCT "Years", year_type FROM store JOIN indicators ON indicator = "Short Desc"'
    ).fetchall()
    rows, unreadable = [], []
    for printed, year_type in spelled:
        try:
            period, status = parse_period(printed or "", year_type)
        except UnreadablePeriodError as error:
            unreadable.append((printed, str(error)))
            continue
        rows.append((printed, year_type, period.label, period.kind.value, period.start, period.end,
                     (status or Status.FINAL).value))
    connection.register("periods", pa.Table.from_pylist([dict(zip(_PERIODS.names, row, strict=True)) for row in rows], _PERIODS))
    return [
        Problem(path.name, line, "Years", printed or "", "readable period", remedy)
        for printed, remedy in unreadable
        for line in _lines(connection, '"Years"', printed)
    ]


def _lines(connection: duckdb.DuckDBPyConnection, column: str, printed: str | None) -> list[int]:
    query = f"SELECT line FROM store WHERE {column} IS NOT DISTINCT FROM ? ORDER BY line"
    return [line for (line,) in connection.execute(query, [printed]).fetchall()]


def _look_up_symbols(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Problem]:
    """Give each symbol its status once, and answer the rows that hold neither number nor symbol."""
    connection.execute("CREATE TABLE symbols (printed VARCHAR, status VARCHAR)")
    problems = []
    for (printed,) in connection.execute("SELECT DISTINCT printed FROM store WHERE value IS NULL").fetchall():
        try:
            value, status = read_value(printed)
        except ValueError as error:
            lines = _lines(connection, "printed", printed)
            problems += [Problem(path.name, line, "Values", printed, "number or symbol", str(error)) for line in lines]
            continue
        if status is None:  # a number with a separator or a sign of its unit
            connection.execute("UPDATE store SET value = ? WHERE printed = ?", [value, printed])
        else:
            connection.execute("INSERT INTO symbols VALUES (?, ?)", [printed, status.value])
    return problems


def _unknown_rows(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Problem]:
    """Answer rows of an indicator the dictionary does not have, or of an area nobody knows."""
    checks = (
        ("Short Desc", '"Short Desc"', '"Short Desc"', "indicators", "indicator", "in the dictionary",
         "load the dictionary that came with this store"),
        ("LA Number", '"LA Number"', "format('{:g}', \"LA Number\")", "areas", "number", "known area",
         "check the code against the authority code list"),
    )
    return [
        Problem(path.name, line, field, value or "", rule, remedy)
        for field, column, shown, table, key, rule, remedy in checks
        for line, value in connection.execute(
            f"SELECT line, {shown} FROM store "
            f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.{key} = store.{column}) ORDER BY line"
        ).fetchall()
    ]


def _refuse_repeats(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    key = '"Short Desc", areas.area, periods.start, periods."end", periods.vintage'
    # A quick look first, by numbers: nearly every store says each figure once.
    numbers = 'indicators.rowid, areas.rowid, periods.start, periods."end", periods.vintage'
    [(repeated,)] = connection.execute(f"SELECT count(*) > count(DISTINCT hash({numbers})) {_FROM}").fetchall()
    if not repeated:
        return
    repeats = connection.execute(
        f'SELECT max(line), "Short Desc", areas.area, any_value("Years") {_FROM} '
        f"GROUP BY {key} HAVING count(*) > 1 ORDER BY 1"
    ).fetchall()
    if repeats:
        raise RefusedFileError([
            Problem(path.name, line, "Short Desc", indicator, "each figure once",
                    f"area {area}, period {years} is printed more than once; keep one row")
            for line, indicator, area, years in repeats
        ])


_FROM = """
    FROM store
    JOIN indicators ON indicators.indicator = store."Short Desc"
    JOIN areas ON areas.number = store."LA Number"
    JOIN periods ON periods.printed = store."Years" AND periods.year_type = indicators.year_type
"""
_SELECT = f"""
    SELECT ? AS dataset, "Short Desc" AS indicator, areas.area, periods.label AS period, periods.kind AS period_kind,
           periods.start AS period_start, periods.end AS period_end, '' AS breakdown, '' AS "group",
           CAST(NULL AS DOUBLE) AS numerator, CAST(NULL AS DOUBLE) AS denominator, store.value,
           CASE WHEN store.value IS NULL THEN symbols.status ELSE periods.vintage END AS status,
           periods.vintage, ? AS release
    {_FROM}
    LEFT JOIN symbols ON symbols.printed IS NOT DISTINCT FROM store.printed
    WHERE store.value IS NOT NULL OR symbols.status IS NOT NULL
"""
