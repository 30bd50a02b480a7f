"""Shows what was found: hits with their marks, and lines of a concordance."""
