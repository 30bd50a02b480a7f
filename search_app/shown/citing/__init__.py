"""Cites entries: what a citation says of one, in the formats that readers and reference managers take."""
