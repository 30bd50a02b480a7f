"""From a page's bytes to the lines of its text: what stands on it, and what is its frame."""
