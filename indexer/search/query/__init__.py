"""Defines what may be asked: the query tree, its grammar, and the strings that a search looks for."""
