-- Every settled period of every measure for one authority, read from the comparisons the warehouse already holds.
SELECT measure, period, period_kind, period_start, period_end, value, status, england, region
FROM comparison WHERE area = $area AND preferred AND (vintage <> 'provisional' OR latest)
ORDER BY measure, period_end, period_start
