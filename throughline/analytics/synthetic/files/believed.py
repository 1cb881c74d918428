"""What the authority believed about each learner at the end of a day, and what each really did: rows to write files from."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

_BATCH = 5_000

_BELIEVED = """
WITH believed AS (
    SELECT *, list_contains($neet, code) AS is_neet FROM activity
    WHERE start <= $day AND known_from < $after AND (known_to IS NULL OR known_to >= $after)
),
latest AS (SELECT learner, unnest(arg_max(believed, (start, verified, code))) FROM believed GROUP BY learner),
broken AS (SELECT learner, max(start) FILTER (NOT is_neet) AS since FROM believed GROUP BY learner),
spell AS (
    SELECT learner, min(start) AS neet_since FROM believed JOIN broken USING (learner)
    WHERE is_neet AND (since IS NULL OR start > since) GROUP BY learner
),
here AS (
    SELECT learner, area, status, CASE status WHEN 'P' THEN $day ELSE starts - 1 END AS stood_on
    FROM membership WHERE starts <= $day AND (ends IS NULL OR ends >= $day)
),
held AS (
    SELECT learner, list(trait ORDER BY trait) AS traits FROM trait JOIN here USING (learner)
    WHERE trait.starts <= stood_on AND (trait.ends IS NULL OR trait.ends >= stood_on) GROUP BY learner
),
moved AS (SELECT learner, max(starts) AS moved_on FROM home GROUP BY learner HAVING count(*) > 1)
SELECT person.*, learner.born, learner.gender, learner.ethnic_group, learner.school_at_16, here.area, here.status,
    coalesce(held.traits, []) AS traits, moved.moved_on, spell.neet_since,
    latest.code, latest.start, latest.ascertained, latest.verified, latest.review, latest.predicted_end,
    latest.establishment, latest.provider, school.name AS institution
FROM here JOIN person USING (learner) JOIN learner USING (learner)
LEFT JOIN latest USING (learner) LEFT JOIN spell USING (learner) LEFT JOIN held USING (learner) LEFT JOIN moved USING (learner)
LEFT JOIN school ON school.establishment = latest.establishment
ORDER BY learner.learner
"""

_REALLY = """
WITH begun AS (SELECT learner, arg_max(reality, start) AS now FROM reality WHERE start <= $day GROUP BY learner),
here AS (SELECT learner FROM membership WHERE status = 'P' AND starts <= $day AND (ends IS NULL OR ends >= $day)),
moved AS (SELECT learner, max(starts) AS moved_on FROM home GROUP BY learner HAVING count(*) > 1)
SELECT person.*, learner.born, learner.gender, learner.school_at_16, moved.moved_on,
    now.code, now.start, now.establishment, now.provider
FROM here JOIN person USING (learner) JOIN learner USING (learner) JOIN begun USING (learner) LEFT JOIN moved USING (learner)
ORDER BY learner.learner
"""

_LEFT = """
WITH follows AS (
    SELECT *, lead(start) OVER later - 1 AS left_on, lead(code) OVER later AS next_code,
        lead(provider) OVER later AS next_provider
    FROM reality WINDOW later AS (PARTITION BY learner ORDER BY start)
),
gone AS (
    SELECT learner, unnest(arg_max(follows, start)) FROM follows
    WHERE left_on BETWEEN $begins AND $day - 1 AND provider IS NOT NULL AND next_provider IS DISTINCT FROM provider
    GROUP BY learner
),
here AS (SELECT learner FROM membership WHERE status = 'P' AND starts <= $day AND (ends IS NULL OR ends >= $day)),
moved AS (SELECT learner, max(starts) AS moved_on FROM home GROUP BY learner HAVING count(*) > 1)
SELECT person.*, learner.born, learner.gender, learner.school_at_16, moved.moved_on,
    gone.code, gone.start, gone.establishment, gone.provider, gone.left_on, gone.next_code
FROM here JOIN person USING (learner) JOIN learner USING (learner) JOIN gone USING (learner) LEFT JOIN moved USING (learner)
ORDER BY learner.learner
"""


class Truth:
    """The tables of a truth folder, to ask."""

    def __init__(self, folder: Path) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET TimeZone = 'UTC'")
        for path in sorted(folder.glob("*.parquet")):
            quoted = str(path).replace("'", "''")
            self._connection.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{quoted}')")

    def believed(self, day: date, neet: frozenset[str]) -> Iterator[dict[str, Any]]:
        """Each learner of whom the authority led on a day or who had left in its month, with what was believed then."""
        after = f"{day + timedelta(days=1)} 00:00:00+00"
        return self._rows(_BELIEVED.replace("$after", f"TIMESTAMPTZ '{after}'"), {"day": day, "neet": sorted(neet)}, day)

    def really(self, day: date) -> Iterator[dict[str, Any]]:
        """Each learner on whom the authority led on a day, with what they really did, those not known included."""
        return self._rows(_REALLY, {"day": day}, day)

    def left(self, begins: date, day: date) -> Iterator[dict[str, Any]]:
        """Each learner on whom the authority led on a day and who had left a college or provider by then, since another day: the
        last day there, and what they really did next.
        """
        return self._rows(_LEFT, {"begins": begins, "day": day}, day)

    def _rows(self, query: str, given: dict[str, Any], day: date) -> Iterator[dict[str, Any]]:
        answer = self._connection.cursor().execute(query, given)
        names = [column[0] for column in answer.description]
        while batch := answer.fetchmany(_BATCH):
            for row in batch:
                yield _at_home(dict(zip(names, row, strict=True)), day)


def _at_home(row: dict[str, Any], day: date) -> dict[str, Any]:
    """A row whose address is the one of that day; before a move nothing is known of a former one."""
    if row["moved_on"] and row["moved_on"] > day:
        for field in ("line_1", "line_2", "town", "postcode"):
            row[field], row[f"former_{field}"] = row[f"former_{field}"], None
    return row
