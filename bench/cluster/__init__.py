"""A nation's register counted on Spark, a master and two workers on loopback, beside DuckDB within the process."""
