"""Words what crosses from the indexer as codes and values: the one place that holds sentences for readers."""
