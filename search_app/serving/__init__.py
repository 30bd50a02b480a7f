"""Runs the processes that answer requests: how they start, are replaced and end."""
