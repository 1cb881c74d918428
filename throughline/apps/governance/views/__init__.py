"""The pages of the governance room, one noun a file."""
