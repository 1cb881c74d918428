"""Shared furniture: the base page, components, the form renderer, charts and tables."""
