"""Documents read as plans: what a container holds, what it means, and what could not be read."""
