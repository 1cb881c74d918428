"""Plans: read as written, approved, kept alive by updates, and answered for."""
