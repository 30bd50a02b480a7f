"""Turns saved yearbook pages into entries and entries into a searchable index."""
