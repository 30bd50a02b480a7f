"""Parses all pages of a store on several cores, and compares the results."""
