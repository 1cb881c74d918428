"""The example plan of a demonstration and a year of its life, through the same actions that people use."""
