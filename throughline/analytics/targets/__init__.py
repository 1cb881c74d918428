"""Targets as people write them: what they mean, what they say back, and whether they are met."""
