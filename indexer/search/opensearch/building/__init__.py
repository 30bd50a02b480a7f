"""Builds generations in the cluster: documents, sending them, checking what has come of them."""
