-- Each authority beside its neighbours, by model.
CREATE TABLE neighbour_comparison AS
SELECT h.measure, h.area, h.period_start, h.period_end, h.vintage, n.model,
       round(avg(theirs.value), 9) AS neighbours_mean,
       if(any_value(own.good) IS NULL, NULL, 1 + count(*) FILTER (theirs.good > own.good)) AS neighbours_rank,
       count(theirs.value) + CAST(any_value(own.value) IS NOT NULL AS INTEGER) AS neighbours_ranked
FROM figure h
JOIN neighbour n USING (area)
LEFT JOIN valued own ON own.measure = h.measure AND own.area = h.area AND own.period_start = h.period_start
      AND own.period_end = h.period_end AND own.vintage = h.vintage
LEFT JOIN valued theirs ON theirs.measure = h.measure AND theirs.area = n.neighbour
      AND theirs.period_start = h.period_start AND theirs.period_end = h.period_end AND theirs.vintage = h.vintage
WHERE h.breakdown = ''
GROUP BY ALL
