"""The sums behind a judgement: the series, where it starts, what is needed, and the way between."""
