"""What may be asked: the tree of a query, its grammar, and what strings a search looks for."""
