"""Answers AI assistants: tools that search, count and read, and say of each answer what was compared."""
