"""The pages of the reading room, one noun a file."""
