"""The pages of the commissioning room, one noun a file."""
