-- Every measure's latest figure for the authorities asked for, read from the comparisons the warehouse already holds.
SELECT c.measure, c.area, c.period, c.period_start, c.period_end, c.value, c.status, c.change, c.previous_period,
       c.england, c.region, c.region_area, n.neighbours_mean, n.neighbours_rank, n.neighbours_ranked, c.rank, c.ranked,
       c.quartile, c.quintile, c.quartile_low, c.quartile_middle, c.quartile_high, c.lowest, c.highest,
       c.places_per_point, source.title AS source, c.release, c.vintage
FROM comparison c
LEFT JOIN neighbour_comparison n
  ON n.measure = c.measure AND n.area = c.area AND n.period_start = c.period_start AND n.period_end = c.period_end
 AND n.vintage = c.vintage AND n.model = $model
LEFT JOIN source USING (dataset)
WHERE c.latest AND list_contains($areas, c.area)
