"""Outside formats, one module each: read(...) checks a file against its declared table and answers faults in words."""
