-- Every settled period of every measure for one authority, beside England and its region, and whether a line may be drawn.
WITH seen AS (
    SELECT f.measure, f.area, f.period, f.period_kind, f.period_start, f.period_end, f.value, f.status
    FROM figure f JOIN issue i ON i.measure = f.measure AND i.period_start = f.period_start
                              AND i.period_end = f.period_end AND i.vintage = f.vintage
    WHERE f.breakdown = '' AND i.preferred AND (f.vintage <> 'provisional' OR i.latest)
), own AS (
    SELECT s.*, t.compares_england, g.region_area,
           lag(period_kind) OVER steps AS kind_before, lag(period_start) OVER steps AS start_before,
           lag(period_end) OVER steps AS end_before
    FROM seen s JOIN area_region g USING (measure, area) JOIN trait t USING (measure) WHERE s.area = $area
    WINDOW steps AS (PARTITION BY measure ORDER BY period_end, period_start)
)
SELECT o.measure, o.period, o.period_kind, o.period_start, o.period_end, o.value, o.status,
       if(o.compares_england, england.value, NULL) AS england,
       region.value AS region,
       coalesce(o.kind_before = o.period_kind AND o.start_before + INTERVAL 1 YEAR = o.period_start
                AND o.end_before + INTERVAL 1 YEAR = o.period_end, false)
       AND NOT EXISTS (FROM break WHERE break.measure = o.measure AND starts > o.start_before
                                    AND starts <= o.period_start) AS joins
FROM own o
LEFT JOIN seen england ON england.measure = o.measure AND england.area = '970'
      AND england.period_start = o.period_start AND england.period_end = o.period_end
LEFT JOIN seen region ON region.measure = o.measure AND region.area = o.region_area
      AND region.period_start = o.period_start AND region.period_end = o.period_end
ORDER BY o.measure, o.period_end, o.period_start
