"""What the files of an index are called, and how arrays, records and runs are written and read; knows not what they mean."""
