"""Finds what of the archive may be meant by a few characters or letters of pinyin."""
