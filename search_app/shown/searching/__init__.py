"""What belongs to one search: its whole answer, ways to narrow it and beside it, the way through its hits."""
