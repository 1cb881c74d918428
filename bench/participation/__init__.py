"""Everybody's participation at three month ends, for a nation: the product beside pandas, SQL and Polars written by hand."""
