"""Everything that changes in the commissioning room, one noun a file."""
