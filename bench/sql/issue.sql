-- Each measure's periods: the preferred release, which is latest, and the period a year before.
CREATE OR REPLACE TEMP TABLE issue AS
WITH seen AS (
    SELECT measure, period_start, period_end, vintage, any_value(period) AS period,
           any_value(period_kind) AS period_kind, count(value) > 0 AS valued
    FROM figure WHERE breakdown = '' GROUP BY ALL
), chosen AS (
    SELECT *, row_number() OVER (
        PARTITION BY measure, period_start, period_end
        ORDER BY NOT valued, list_position(['final', 'revised', 'provisional'], vintage)
    ) = 1 AS preferred
    FROM seen
), flagged AS (
    SELECT *, preferred AND valued AND row_number() OVER (
                  PARTITION BY measure, preferred AND valued
                  ORDER BY vintage = 'provisional', period_end DESC, period_start DESC) = 1 AS latest,
           preferred AND valued AND row_number() OVER (
                  PARTITION BY measure, preferred AND valued ORDER BY period_end DESC, period_start DESC) = 1 AS newest
    FROM chosen
)
SELECT f.measure, f.period_start, f.period_end, f.vintage, f.preferred, f.latest, f.newest,
       b.period AS previous_period, b.period_start AS previous_start, b.period_end AS previous_end,
       b.vintage AS previous_vintage
FROM flagged f LEFT JOIN chosen b
  ON b.preferred AND b.measure = f.measure AND b.period_kind = f.period_kind
 AND b.period_start + INTERVAL 1 YEAR = f.period_start AND b.period_end + INTERVAL 1 YEAR = f.period_end
 AND NOT EXISTS (FROM break WHERE break.measure = f.measure AND starts > b.period_start AND starts <= f.period_start)
