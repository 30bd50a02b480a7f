"""Keeps pages as they were sent, in WARC files, with a ledger of where each lies."""
