"""Finds entries: the query tree, its grammar, the results, and one folder for each engine."""
