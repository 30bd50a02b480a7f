"""The distributed engine: the same answers from an OpenSearch cluster."""
