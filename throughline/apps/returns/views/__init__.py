"""The pages of the returns room, one noun a file."""
