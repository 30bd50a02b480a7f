"""Defines what a search answers with: results as plain values, and the marks and snippets of a text."""
