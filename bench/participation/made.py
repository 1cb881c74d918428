"""Makes a nation's register by DuckDB, quickly: invented learners and activities with no story, but every rule in use."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

LEARNERS = 1_200_000  # and two and a half times as many activities
AUTHORITIES = 152
ENDS = (date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28))
KNOWN = datetime(2027, 3, 5, tzinfo=UTC)
BREAKDOWNS = ("academic_age", "sex", "ethnic_group", "send", "vulnerable_group")


@dataclass(frozen=True)
class Made:
    """The folder of the five tables, a Parquet file each, and the folder that results go into."""

    tables: Path
    definitions: Path
    folder: Path

    def table(self, name: str) -> Path:
        """The file of a table."""
        return self.tables / f"{name}.parquet"


def make(folder: Path, learners: int) -> int:
    """Write the five tables; how many activities there are."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        for name, query in _QUERIES.items():
            path = folder / f"{name}.parquet"
            connection.execute(f"COPY ({query.format(learners=learners, authorities=AUTHORITIES)}) TO '{path}'")
        return connection.execute(f"SELECT count(*) FROM '{folder / 'activity.parquet'}'").fetchone()[0]


# roll(n, salt) is a number from 0 to n that is the same each time for a learner.
_DRAW = "(hash(learner * 1000003 + {salt}) % {n})::INTEGER"


def _draw(n: int, salt: int) -> str:
    return _DRAW.format(n=n, salt=salt)


_QUERIES = {
    "learner": f"""
        SELECT learner::INTEGER AS learner, DATE '2008-09-01' + {_draw(1090, 1)} AS born,
               ['F', 'M', 'F', 'M', 'U'][1 + {_draw(5, 2)}] AS gender,
               ['WBRI', 'WBRI', 'WBRI', 'WOTH', 'MWBC', 'AIND', 'APKN', 'BAFR', 'CHNE', 'OARA', 'NOBT'][1 + {_draw(11, 3)}]
                   AS ethnic_group,
               NULL::VARCHAR AS school_at_16
        FROM range({{learners}}) AS every(learner)""",
    "membership": f"""
        SELECT learner::INTEGER AS learner, (201 + {_draw(152, 4)})::VARCHAR AS area,
               if({_draw(50, 5)} = 0, 'G', 'P') AS status, DATE '2024-09-01' AS starts,
               if({_draw(40, 6)} = 0, DATE '2027-01-15', NULL) AS ends
        FROM range({{learners}}) AS every(learner)""",
    "trait": f"""
        SELECT learner::INTEGER AS learner, trait, DATE '2024-09-01' + (salt * 7) AS starts,
               if({_draw(10, 7)} = 0, DATE '2027-01-20', NULL) AS ends
        FROM range({{learners}}) AS every(learner),
             (VALUES ('sen_support', 11, 10), ('ehc_plan', 12, 25), ('110', 13, 80), ('120', 14, 200), ('140', 15, 150),
                     ('160', 16, 90), ('170', 17, 120), ('200', 18, 60), ('210', 19, 70)) AS kind(trait, salt, one_in)
        WHERE hash(learner * 1000003 + salt * 97) % one_in = 0""",
    "home": f"""
        SELECT learner::INTEGER AS learner,
               'E0' || (201 + {_draw(152, 4)})::VARCHAR || '000' || (1 + {_draw(4, 8)})::VARCHAR AS district,
               DATE '2024-09-01' AS starts, NULL::DATE AS ends
        FROM range({{learners}}) AS every(learner)""",
    "activity": """
        WITH begun AS (
            SELECT learner, place, hash(learner * 1000003 + place * 31) AS drawn,
                   DATE '2025-09-01' + (place * 150 + hash(learner * 7 + place) % 140)::INTEGER AS start
            FROM range({learners}) AS every(learner), range(4) AS nth(place)
            WHERE place < 1 + hash(learner * 13) % 4
        )
        SELECT learner::INTEGER AS learner,
               ['210', '210', '210', '230', '230', '230', '230', '310', '330', '360', '410', '530', '619', '615', '640', '810',
                '260', '710'][1 + least(drawn % 19, 17)::INTEGER] AS code,
               start, start AS ascertained,
               if(drawn % 7 = 0, NULL, start + ((drawn // 100) % 200)::INTEGER) AS verified,
               if(drawn % 3 = 0, start + ((drawn // 1000) % 500)::INTEGER, NULL) AS review,
               if(drawn % 2 = 0, start + ((drawn // 10000) % 700)::INTEGER, NULL) AS predicted_end,
               NULL::DATE AS neet_start, NULL::VARCHAR AS establishment, NULL::VARCHAR AS provider,
               (start::TIMESTAMP + INTERVAL 3 DAY)::TIMESTAMPTZ AS known_from,
               if(drawn % 23 = 0, TIMESTAMPTZ '2027-02-01 00:00:00+00', NULL) AS known_to
        FROM begun""",
}
