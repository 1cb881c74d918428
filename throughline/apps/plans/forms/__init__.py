"""What an officer fills in about plans, one noun a file."""
