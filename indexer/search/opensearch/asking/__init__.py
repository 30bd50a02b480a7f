"""Asks the cluster for each part of an answer, and makes it of what it says."""
