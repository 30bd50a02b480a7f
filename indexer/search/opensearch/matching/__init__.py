"""Turns what is asked into queries of the cluster that match the same entries."""
