"""Reads the records of web archive files, whatever is wrong with them, and makes our own."""
