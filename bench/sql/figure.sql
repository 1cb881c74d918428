-- The published rows that measures draw on, under the measures' names.
CREATE TABLE figure AS
SELECT w.measure, area, period, period_kind, period_start, period_end, w.breakdown, w."group", numerator, denominator,
       value, status, vintage, release, p.dataset
FROM published_figure p JOIN wanted w
  ON w.dataset = p.dataset AND w.indicator = p.indicator AND w.source_breakdown = p.breakdown
 AND w.source_group = p."group"
