"""The pages of the plans room, one noun a file."""
