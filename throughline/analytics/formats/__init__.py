"""One module per outside format. Each has read(...), checks against a declared table and raises RefusedFileError."""
