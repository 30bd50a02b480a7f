"""The exact index: finds where any string stands in the archive."""
