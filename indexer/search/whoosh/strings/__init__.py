"""Where any string stands in the archive: the exact index."""
