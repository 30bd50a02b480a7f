"""Names the files of an index; reads and writes its arrays, records and runs."""
