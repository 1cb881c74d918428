"""Meetings, their papers and decisions, scrutiny's questions and consultations."""
