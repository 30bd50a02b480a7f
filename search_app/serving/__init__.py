"""The processes that answer requests, and how they begin, are replaced and end."""
