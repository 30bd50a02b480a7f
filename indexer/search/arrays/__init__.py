"""Keeps arrays as files in a folder, and reads them memory-mapped: what engines and suggestions store alike."""
