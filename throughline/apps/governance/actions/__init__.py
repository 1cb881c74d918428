"""Everything that changes in the governance room, one noun a file."""
