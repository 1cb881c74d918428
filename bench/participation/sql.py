"""The same counts in SQL written by hand: sort key, code and lapse packed into one number, grouped once, then rolled up."""

from datetime import date

from bench.participation.made import ENDS, KNOWN

_DAY = "DATE '1900-01-01'"
_FLAGS = {"110": 1, "120": 2, "130": 4, "140": 8, "150": 16, "160": 32, "170": 64, "180": 128, "190": 256, "200": 512,
          "210": 1024, "ehc_plan": 2048, "sen_support": 4096}
_VULNERABLE = sum(worth for name, worth in _FLAGS.items() if name.isdigit() and name not in ("120", "180"))
_NEET = "(540, 610, 615, 616, 619, 620, 630, 640, 650, 660, 670, 680)"
_TAKING_PART = "(210, 220, 230, 240, 250, 270, 280, 290, 310, 320, 381, 410, 430, 450, 460, 550)"
_COUNTS = ("cohort", "neet", "not_known", "participating")
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in _COUNTS)


def _covers(end: date) -> str:
    return f"starts <= DATE '{end}' AND (ends IS NULL OR ends >= DATE '{end}')"


_MONTHS = " UNION ALL ".join(
    f"""SELECT '{end}' AS month, area, (CASE WHEN born < DATE '2009-09-01' THEN 17 WHEN born < DATE '2010-09-01' THEN 16
               ELSE 15 END + (born < DATE '2008-09-01')::INTEGER) AS age, gender, ethnic_group, coalesce(t{n}, 0) AS traits,
               CASE WHEN a{n} IS NULL THEN 810
                    WHEN (a{n} & 131071) < {(end - date(1900, 1, 1)).days}
                         AND ((a{n} >> 17) & 1023) NOT IN (710, 720, 110, 120, 130, 140, 150) THEN 810
                    ELSE (a{n} >> 17) & 1023 END AS code
        FROM membership JOIN learner USING (learner) LEFT JOIN doing USING (learner) LEFT JOIN being USING (learner)
        WHERE status = 'P' AND membership.starts <= DATE '{end}' AND (membership.ends IS NULL OR membership.ends >= DATE '{end}')
          AND born >= DATE '2008-09-01' AND born < DATE '2010-09-01'"""
    for n, end in enumerate(ENDS))

_BREAKDOWNS = {
    "": "''", "academic_age": "age::VARCHAR",
    "sex": "CASE gender WHEN 'F' THEN 'female' WHEN 'M' THEN 'male' ELSE 'not_known' END",
    "ethnic_group": "CASE WHEN ethnic_group IN ('WBRI', 'WIRI', 'WIRT', 'WROM', 'WOTH') THEN 'white' "
                    "WHEN ethnic_group IN ('MWBC', 'MWBA', 'MWAS', 'MOTH') THEN 'mixed' "
                    "WHEN ethnic_group IN ('AIND', 'APKN', 'ABAN', 'CHNE', 'AOTH') THEN 'asian' "
                    "WHEN ethnic_group IN ('BCRB', 'BAFR', 'BBRI', 'BOTH') THEN 'black' "
                    "WHEN ethnic_group IN ('OARA', 'OOTH') THEN 'other' ELSE 'not_known' END",
    "send": "CASE WHEN traits & 2048 > 0 THEN 'ehc_plan' WHEN traits & 4096 > 0 THEN 'sen_support' ELSE 'none' END",
}
_ROLLED = [f"SELECT month, area, '{name}' AS breakdown, {group} AS \"group\", {_SUMS} FROM grain GROUP BY ALL"
           for name, group in _BREAKDOWNS.items()]
_GROUPS = {"any": f"traits & {_VULNERABLE} > 0", **{name: f"traits & {worth} > 0" for name, worth in _FLAGS.items()
                                                    if name.isdigit()},
           "young_mother": f"gender = 'F' AND traits & {_FLAGS['120'] + _FLAGS['190']} > 0"}
_ROLLED += [
    f"SELECT month, area, 'vulnerable_group' AS breakdown, '{group}' AS \"group\", {_SUMS} FROM grain WHERE {where} GROUP BY ALL"
    for group, where in _GROUPS.items()
]

STATEMENT = f"""
    WITH doing AS (
        SELECT learner, {", ".join(f"max(packed) FILTER (start <= DATE '{end}') AS a{n}" for n, end in enumerate(ENDS))}
        FROM (
            SELECT learner, start, ((start - {_DAY})::BIGINT << 44) | ((confirmed - {_DAY})::BIGINT << 27) | (code << 17)
                   | if(lapses IS NULL, 131071, least(lapses, predicted_end)::DATE - {_DAY}) AS packed
            FROM (
                SELECT *, CASE WHEN code IN (110, 120, 130, 140, 150, 210, 220, 230, 240, 250, 270, 280)
                                    THEN make_date(year(confirmed) + (month(confirmed) >= 9)::INTEGER, 8, 31)
                               WHEN code IN (260, 290, 710, 720, 350)
                                    THEN coalesce(review + INTERVAL 28 DAY, confirmed + INTERVAL 6 MONTH)::DATE
                               WHEN code IN (310, 320) THEN (confirmed + INTERVAL 12 MONTH)::DATE
                               WHEN code IN (330, 340, 360, 380, 381, 550) THEN (confirmed + INTERVAL 6 MONTH)::DATE
                               WHEN code IN (410, 430, 440, 450, 460)
                                    THEN coalesce(predicted_end, confirmed + INTERVAL 6 MONTH)::DATE
                               WHEN code = 530 THEN (confirmed + INTERVAL 3 MONTH)::DATE END AS lapses
                FROM (SELECT learner, code::BIGINT AS code, start, coalesce(verified, ascertained, start) AS confirmed, review,
                             predicted_end
                      FROM activity WHERE known_from <= TIMESTAMPTZ '{KNOWN}' AND (known_to IS NULL
                                                                                    OR known_to > TIMESTAMPTZ '{KNOWN}'))
            )
        ) GROUP BY learner
    ), being AS (
        SELECT learner, {", ".join(f"bit_or(worth) FILTER ({_covers(end)}) AS t{n}" for n, end in enumerate(ENDS))}
        FROM (SELECT *, CASE trait {" ".join(f"WHEN '{name}' THEN {worth}" for name, worth in _FLAGS.items())} END AS worth
              FROM trait) GROUP BY learner
    ), grain AS MATERIALIZED (
        SELECT month, area, age, gender, ethnic_group, traits, count(*) AS cohort,
               count(*) FILTER (code IN {_NEET}) AS neet, count(*) FILTER (code IN (810, 820, 830)) AS not_known,
               count(*) FILTER (code IN {_TAKING_PART}) AS participating
        FROM ({_MONTHS}) WHERE code NOT IN (710, 720) GROUP BY ALL
    ), rolled AS MATERIALIZED ({" UNION ALL ".join(_ROLLED)})
    SELECT month, area, breakdown, "group", {", ".join(_COUNTS)} FROM rolled
    UNION ALL SELECT 'sum of three', area, breakdown, "group", {_SUMS} FROM rolled GROUP BY ALL
"""
