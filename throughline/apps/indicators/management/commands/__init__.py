"""The commands of the indicators room."""
