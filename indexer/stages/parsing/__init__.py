"""Parses all pages of a store, over the cores, and compares what they gave."""
