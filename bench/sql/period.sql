-- Each spelling of a period read once for each kind of year; those that are no period are left out.
CREATE OR REPLACE TEMP TABLE period AS
WITH spelled AS (
    SELECT DISTINCT "Years" AS printed, lower(Year_Type) AS year_type,
           trim(regexp_replace("Years", '\((prov|rev|final|ot)\)\s*$', '', 'i')) AS label,
           lower(regexp_extract("Years", '\(([A-Za-z]+)\)\s*$', 1)) AS mark
    FROM store JOIN dictionary ON Measure_short = "Short Desc"
    WHERE regexp_matches("Years", '^\d{4}')
), parted AS (
    SELECT *, CAST(label[1:4] AS INTEGER) AS first_year,
           CASE WHEN length(label) > 4 THEN CAST(label[1:2] || label[-2:] AS INTEGER) END AS last_year,
           contains(label[8:], '/') AS split_years,
           CASE year_type WHEN 'academic year' THEN 'academic_year' WHEN 'financial year' THEN 'financial_year'
                ELSE 'calendar_year' END AS said
    FROM spelled
), typed AS (
    SELECT *, last_year IS NOT NULL AND (split_years OR last_year <> first_year + 1) AS is_span,
           CASE WHEN last_year IS NULL THEN said
                WHEN NOT split_years AND last_year <> first_year + 1 THEN 'calendar_year'
                WHEN said = 'financial_year' THEN said ELSE 'academic_year' END AS year_kind
    FROM parted
), bounded AS (
    SELECT *, CASE year_kind WHEN 'academic_year' THEN 9 WHEN 'financial_year' THEN 4 ELSE 1 END AS month,
           first_year - CAST(last_year IS NULL AND year_kind <> 'calendar_year' AS INTEGER) AS starts,
           CASE WHEN year_kind = 'calendar_year' THEN coalesce(last_year, first_year) + 1
                ELSE coalesce(last_year, first_year) END AS ends
    FROM typed
)
SELECT printed, year_type, label AS period, if(is_span, 'span', year_kind) AS period_kind,
       make_date(starts, month, 1) AS period_start, make_date(ends, month, 1) - 1 AS period_end,
       CASE mark WHEN 'rev' THEN 'revised' WHEN 'prov' THEN 'provisional' ELSE 'final' END AS vintage
FROM bounded
