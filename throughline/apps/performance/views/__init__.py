"""The pages of the performance room, one noun a file."""
