"""Turns a page's bytes into the lines of its text, separated from the frame around it."""
