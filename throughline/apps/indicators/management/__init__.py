"""What the indicators room does from the command line."""
