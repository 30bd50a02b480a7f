"""Runs the stages of an archive: importing, crawling, parsing, indexing, checking; commands and web pages call it."""
