"""Which values an entry has in each facet, and how many entries have each value."""
