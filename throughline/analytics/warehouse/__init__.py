"""The warehouse: tables declared once, built beside the old file and swapped in, read-only to everyone else."""
