"""Turns the lines of a text into entries: titles, signatures, by-lines, dates."""
