"""What a word weighs in an entry: counted, weighed, written for Whoosh and read again."""
