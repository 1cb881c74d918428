"""Everything that changes what the returns room keeps, one verb a file."""
