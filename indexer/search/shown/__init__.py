"""What is answered: results as plain values, and the marks and snippets of a text."""
