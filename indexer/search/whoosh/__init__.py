"""The Whoosh engine; the only folder that knows Whoosh and its files."""
