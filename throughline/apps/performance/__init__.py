"""Measures on the page: scorecards, trends, comparisons, entered values and the freshness of data."""
