"""The room kept for authorities, schools, colleges, providers and boards; it holds nothing yet."""
