-- Every measure's latest figure for the authorities asked for, compared afresh from the figures themselves.
WITH headline AS (
    SELECT f.*, i.previous_period, i.previous_start, i.previous_end, i.previous_vintage
    FROM figure f JOIN issue i ON i.measure = f.measure AND i.period_start = f.period_start
                              AND i.period_end = f.period_end AND i.vintage = f.vintage
    WHERE f.breakdown = '' AND i.latest
), valued AS (
    SELECT measure, area, value, value * nullif(sign, 0) AS good, sign, point
    FROM headline JOIN area USING (area) JOIN trait USING (measure)
    WHERE kind = 'authority' AND value IS NOT NULL
), ranked AS (
    SELECT measure, area, rank() OVER (same ORDER BY good DESC) AS rank,
           abs(if(sign < 0, 0, 6) - ntile(5) OVER (same ORDER BY value, area)) AS quintile,
           count(*) OVER (same ORDER BY good / point RANGE BETWEEN 0 PRECEDING AND 1.000000001 FOLLOWING)
         - count(*) OVER (same ORDER BY good / point RANGE BETWEEN 0 PRECEDING AND 0.000000001 FOLLOWING)
           AS places_per_point
    FROM valued WHERE good IS NOT NULL
    WINDOW same AS (PARTITION BY measure)
), spread AS (
    SELECT measure, count(*) AS ranked, min(value) AS lowest, max(value) AS highest,
           list_transform(quantile_cont(value, [0.25, 0.5, 0.75]), lambda edge: round(edge, 9)) AS quartiles
    FROM valued GROUP BY measure
), beside AS (
    SELECT h.measure, h.area, round(avg(theirs.value), 9) AS neighbours_mean,
           if(any_value(own.good) IS NULL, NULL, 1 + count(*) FILTER (theirs.good > own.good)) AS neighbours_rank,
           count(theirs.value) + CAST(any_value(own.value) IS NOT NULL AS INTEGER) AS neighbours_ranked
    FROM headline h
    JOIN neighbour n ON n.area = h.area AND n.model = $model
    LEFT JOIN valued own ON own.measure = h.measure AND own.area = h.area
    LEFT JOIN valued theirs ON theirs.measure = h.measure AND theirs.area = n.neighbour
    WHERE list_contains($areas, h.area)
    GROUP BY ALL
)
SELECT h.measure, h.area, h.period, h.period_start, h.period_end, h.value, h.status,
       round(h.value - before.value, 9) AS change, h.previous_period,
       if(t.compares_england, england.value, NULL) AS england,
       region.value AS region, g.region_area, b.neighbours_mean, b.neighbours_rank, b.neighbours_ranked, r.rank, coalesce(s.ranked, 0) AS ranked,
       CASE WHEN r.rank IS NULL OR NOT t.quartiles THEN NULL
            WHEN h.value <= s.quartiles[1] THEN if(t.sign < 0, 'A', 'D')
            WHEN h.value <= s.quartiles[2] THEN if(t.sign < 0, 'B', 'C')
            WHEN h.value <= s.quartiles[3] THEN if(t.sign < 0, 'C', 'B')
            ELSE if(t.sign < 0, 'D', 'A') END AS quartile,
       r.quintile, s.quartiles[1] AS quartile_low, s.quartiles[2] AS quartile_middle, s.quartiles[3] AS quartile_high,
       s.lowest, s.highest, r.places_per_point, source.title AS source, h.release, h.vintage
FROM headline h
JOIN area_region g ON g.measure = h.measure AND g.area = h.area
JOIN trait t ON t.measure = h.measure
LEFT JOIN figure before ON before.measure = h.measure AND before.area = h.area AND before.breakdown = ''
      AND before.period_start = h.previous_start AND before.period_end = h.previous_end
      AND before.vintage = h.previous_vintage
LEFT JOIN headline england ON england.measure = h.measure AND england.area = '970'
LEFT JOIN headline region ON region.measure = h.measure AND region.area = g.region_area
LEFT JOIN beside b ON b.measure = h.measure AND b.area = h.area
LEFT JOIN ranked r ON r.measure = h.measure AND r.area = h.area
LEFT JOIN spread s ON s.measure = h.measure
LEFT JOIN source ON source.dataset = h.dataset
WHERE list_contains($areas, h.area)
