"""What things mean: periods, statuses, polarity, problems. Standard library only."""
