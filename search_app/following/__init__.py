"""Follows an archive while it changes: which generation answers, what people decide, what ids have meant."""
