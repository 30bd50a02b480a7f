"""What parsing makes of single pages, and what it would change in all: values to look at, nothing is written."""
