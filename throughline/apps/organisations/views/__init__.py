"""The pages of the organisations room, one noun a file."""
