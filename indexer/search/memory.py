"""Says how many megabytes of memory the work of a build can be given; how an engine divides them is its own matter."""

LEAST = 384
"""The program, the segmenter's dictionary and the smallest pieces of work take them."""
MOST = 1 << 20
"""More are of no machine."""
