"""What a data folder holds beside WARC files and index, and how files are written so that none is ever half there."""
