"""Shows stored pages again: which capture is meant, what it looked like, and what became of its text."""
