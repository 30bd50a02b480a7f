"""Words what crosses from the indexer as codes and values.  What a page says by itself stands in its template."""
