"""Holds what pages, JSON and terminals show alike: a search as a value, its whole answer, names, addresses."""
