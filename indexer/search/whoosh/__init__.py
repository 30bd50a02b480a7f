"""The Whoosh engine; the only folder that uses the Whoosh library and reads the index files."""
