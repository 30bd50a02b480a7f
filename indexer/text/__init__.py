"""Everything about Chinese text that is not about pages or indexes: folding, words, analyzers."""
