-- The authorities that have a value, with how good it is.
CREATE OR REPLACE TEMP TABLE valued AS
SELECT measure, area, period_start, period_end, vintage, value, value * nullif(sign, 0) AS good, sign, point
FROM figure JOIN area USING (area) JOIN trait USING (measure)
WHERE breakdown = '' AND kind = 'authority' AND value IS NOT NULL
