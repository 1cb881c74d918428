-- The region each area stands beside in each measure: of Inner or Outer London where that has a latest figure, else London.
CREATE OR REPLACE TEMP TABLE area_region AS
WITH latest AS (
    SELECT f.measure, f.area
    FROM figure f JOIN issue i ON i.measure = f.measure AND i.period_start = f.period_start
                              AND i.period_end = f.period_end AND i.vintage = f.vintage
    WHERE i.latest AND f.breakdown = '' AND f.value IS NOT NULL
)
SELECT t.measure, a.area, if(a.wider_region IS NULL OR l.area IS NOT NULL, a.region, a.wider_region) AS region_area
FROM trait t CROSS JOIN area a LEFT JOIN latest l ON l.measure = t.measure AND l.area = a.region
