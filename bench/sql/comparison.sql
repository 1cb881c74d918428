-- Each area's figure beside the others of its period and release.
CREATE TABLE comparison AS
WITH headline AS (SELECT * FROM figure WHERE breakdown = ''),
ranked AS (
    SELECT measure, area, period_start, period_end, vintage,
           rank() OVER (same ORDER BY good DESC) AS rank,
           abs(if(sign < 0, 0, 6) - ntile(5) OVER (same ORDER BY value, area)) AS quintile,
           count(*) OVER (same ORDER BY good / point RANGE BETWEEN 0 PRECEDING AND 1.000000001 FOLLOWING)
         - count(*) OVER (same ORDER BY good / point RANGE BETWEEN 0 PRECEDING AND 0.000000001 FOLLOWING)
           AS places_per_point
    FROM valued WHERE good IS NOT NULL
    WINDOW same AS (PARTITION BY measure, period_start, period_end, vintage)
), spread AS (
    SELECT measure, period_start, period_end, vintage, count(*) AS ranked, min(value) AS lowest, max(value) AS highest,
           list_transform(quantile_cont(value, [0.25, 0.5, 0.75]), lambda edge: round(edge, 9)) AS quartiles
    FROM valued GROUP BY ALL
)
SELECT h.measure, h.area, h.period, h.period_kind, h.period_start, h.period_end, h.vintage,
       i.preferred, i.latest, i.newest, h.dataset, h.release, h.value, h.status, i.previous_period,
       round(h.value - before.value, 9) AS change, if(t.compares_england, england.value, NULL) AS england,
       region.value AS region, g.region_area,
       r.rank, coalesce(s.ranked, 0) AS ranked,
       CASE WHEN r.rank IS NULL OR NOT t.quartiles THEN NULL
            WHEN h.value <= s.quartiles[1] THEN if(t.sign < 0, 'A', 'D')
            WHEN h.value <= s.quartiles[2] THEN if(t.sign < 0, 'B', 'C')
            WHEN h.value <= s.quartiles[3] THEN if(t.sign < 0, 'C', 'B')
            ELSE if(t.sign < 0, 'D', 'A') END AS quartile,
       r.quintile, s.quartiles[1] AS quartile_low, s.quartiles[2] AS quartile_middle, s.quartiles[3] AS quartile_high,
       s.lowest, s.highest, r.places_per_point
FROM headline h
JOIN area_region g ON g.measure = h.measure AND g.area = h.area
JOIN trait t ON t.measure = h.measure
JOIN issue i ON i.measure = h.measure AND i.period_start = h.period_start AND i.period_end = h.period_end
            AND i.vintage = h.vintage
LEFT JOIN headline before ON before.measure = h.measure AND before.area = h.area AND before.vintage = i.previous_vintage
      AND before.period_start = i.previous_start AND before.period_end = i.previous_end
LEFT JOIN headline england ON england.area = '970' AND england.measure = h.measure AND england.vintage = h.vintage
      AND england.period_start = h.period_start AND england.period_end = h.period_end
LEFT JOIN headline region ON region.area = g.region_area AND region.measure = h.measure AND region.vintage = h.vintage
      AND region.period_start = h.period_start AND region.period_end = h.period_end
LEFT JOIN ranked r ON r.measure = h.measure AND r.area = h.area AND r.period_start = h.period_start
      AND r.period_end = h.period_end AND r.vintage = h.vintage
LEFT JOIN spread s ON s.measure = h.measure AND s.period_start = h.period_start AND s.period_end = h.period_end
      AND s.vintage = h.vintage
