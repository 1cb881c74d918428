"""Commands of the performance room."""
