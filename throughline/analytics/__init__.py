"""How numbers are made: formats read, a warehouse built, measures evaluated and compared. No Django."""
