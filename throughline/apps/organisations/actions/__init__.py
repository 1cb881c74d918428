"""Everything that changes in the organisations room, one noun a file; rooms above change their records by the same steps."""
