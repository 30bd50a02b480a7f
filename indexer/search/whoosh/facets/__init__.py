"""Stores which values each entry has in each facet, and counts the entries that have each value."""
