-- The store's rows with their periods and areas read, and what is missing marked as such.
CREATE TABLE published_figure AS
WITH indicator AS (SELECT DISTINCT Measure_short AS indicator, lower(Year_Type) AS year_type FROM dictionary),
read AS (
    SELECT "Short Desc" AS indicator, lpad(CAST(CAST("LA Number" AS INTEGER) AS VARCHAR), 3, '0') AS area,
           "Years" AS printed, trim("Values") AS shown, round(try_cast("Values" AS DOUBLE), 9) AS value
    FROM store
)
SELECT 'lait' AS dataset, indicator, area, period, period_kind, period_start, period_end, '' AS breakdown,
       '' AS "group", CAST(NULL AS DOUBLE) AS numerator, CAST(NULL AS DOUBLE) AS denominator, value,
       if(value IS NULL, 'not_available', vintage) AS status, vintage, $release AS release
FROM read JOIN indicator USING (indicator) JOIN period USING (printed, year_type)
WHERE (value IS NOT NULL OR shown = '-') AND area IN (SELECT area FROM area)
