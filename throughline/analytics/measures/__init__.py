"""Measures: their definitions, their evaluation, and their comparison between areas."""
