"""Reads and writes a data folder's files other than WARC files and index, so that none is ever half-written."""
