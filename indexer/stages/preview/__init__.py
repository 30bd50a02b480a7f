"""Previews what parsing makes of single pages, and what it would change in all, without writing anything."""
