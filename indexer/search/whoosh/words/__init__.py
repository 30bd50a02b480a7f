"""Computes what a word weighs in an entry, writes it for Whoosh and reads it again."""
